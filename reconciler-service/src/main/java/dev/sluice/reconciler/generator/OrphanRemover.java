package dev.sluice.reconciler.generator;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.reconciler.build.Causes;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.publish.DriftDetector;
import dev.sluice.reconciler.publish.ExternalArtifactRelease;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes generated ExternalArtifacts that are not asked for any more: the object first, then its files, so that no
 * object ever points at files that are gone. What belongs to somebody else by now is left alone.
 */
final class OrphanRemover {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanRemover.class);

    private final ExternalArtifactReader externalArtifacts;
    private final ExternalArtifactRelease release;
    private final ArtifactStorage storage;
    private final KeyLocks locks;

    /**
     * Removes under the locks under which names are claimed.
     *
     * @param locks those of the releaser: a name that is given up and claimed at the same moment must not lose its new
     *     file with the old ones
     */
    OrphanRemover(
            ExternalArtifactReader externalArtifacts,
            ExternalArtifactRelease release,
            ArtifactStorage storage,
            KeyLocks locks) {
        this.externalArtifacts = externalArtifacts;
        this.release = release;
        this.storage = storage;
        this.locks = locks;
    }

    /** What could not be removed and must be tried again. */
    record Leftover(String namespace, String name, String message) {}

    /**
     * Removes all that this generator ever published but for the names to keep.
     *
     * @throws IOException when it is not known what this generator has published
     */
    List<Leftover> removeAllBut(Set<String> keep, ArtifactGenerator generator)
            throws IOException, InterruptedException {
        List<Leftover> leftovers = new ArrayList<>();
        for (ObjectKey key : generated(generator)) {
            if (!keep.contains(key.name())) {
                remove(key, generator).ifPresent(leftovers::add);
            }
        }
        return leftovers;
    }

    /**
     * By the inventory, and by the label: a run that crashed has published what no inventory names. A generator publishes
     * in its own namespace alone; an entry that says otherwise was put there by hand.
     */
    private Set<ObjectKey> generated(ArtifactGenerator generator) throws IOException {
        String namespace = generator.key().namespace();
        Set<ObjectKey> keys = new TreeSet<>();
        DriftDetector.inventoryOf(generator).stream()
                .map(entry -> new ObjectKey(entry.namespace(), entry.name()))
                .filter(key -> key.namespace().equals(namespace))
                .forEach(keys::add);
        String uid = Objects.requireNonNullElse(generator.metadata().getUid(), "");
        externalArtifacts.generatedBy(uid, namespace).forEach(artifact -> keys.add(artifact.key()));
        return keys;
    }

    private Optional<Leftover> remove(ObjectKey key, ArtifactGenerator generator) throws InterruptedException {
        KeyLocks.Held lock = locks.hold(key);
        try {
            Optional<ExternalArtifact> current = externalArtifacts.live(key);
            if (current.isPresent() && !Ownership.isOwn(generator, current.get())) {
                LOG.atInfo()
                        .addKeyValue("externalArtifact", key)
                        .log("ExternalArtifact left alone: it is another generator's by now");
                return Optional.empty();
            }
            if (current.isPresent()) {
                release.delete(current.get());
                Optional<String> holder = holder(current.get());
                if (holder.isPresent()) {
                    return Optional.of(leftover(key, holder.get()));
                }
            }
            storage.removeAll(Artifact.of(
                    ArtifactStorage.artifactPath("ExternalArtifact", key.namespace(), key.name(), "*"), "", ""));
            LOG.atInfo().addKeyValue("externalArtifact", key).log("removed ExternalArtifact and its files");
            return Optional.empty();
        } catch (IOException e) {
            Interruptions.rethrow(e);
            return Optional.of(leftover(key, Causes.describe(e)));
        } finally {
            lock.release();
        }
    }

    /** An object with a finalizer is still there after its deletion; its files stay as long as it does. */
    private static Optional<String> holder(ExternalArtifact deleted) {
        List<String> finalizers = deleted.metadata().getFinalizers();
        return finalizers == null || finalizers.isEmpty()
                ? Optional.empty()
                : Optional.of("it is deleted, but the finalizer %s holds it".formatted(finalizers));
    }

    private static Leftover leftover(ObjectKey key, String problem) {
        return new Leftover(key.namespace(), key.name(), "%s removal failed: %s".formatted(key.name(), problem));
    }
}
