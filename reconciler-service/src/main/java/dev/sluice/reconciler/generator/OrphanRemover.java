package dev.sluice.reconciler.generator;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.publish.ExternalArtifactStore;
import dev.sluice.reconciler.volume.ArtifactDirectories;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes generated ExternalArtifacts that are not asked for any more: the object first, then its files, so that no
 * object ever points at files that are gone. What belongs to somebody else by now is left alone, and each step is
 * justified by what the API server says at that moment: the object is the generator's, the generator is as this run saw
 * it, and no object of the name is there when its files go. Another shard may publish under the name at any time.
 */
final class OrphanRemover {

    private static final int ATTEMPTS = 3;
    private static final Logger LOG = LoggerFactory.getLogger(OrphanRemover.class);

    private final GeneratorReader generators;
    private final ExternalArtifactReader externalArtifacts;
    private final ExternalArtifactStore release;
    private final ArtifactStorage storage;
    private final KeyLocks locks;

    /**
     * Removes under the locks under which names are claimed.
     *
     * @param locks those of the releaser: a name that is given up and claimed at the same moment must not lose its new
     *     file with the old ones
     */
    OrphanRemover(
            GeneratorReader generators,
            ExternalArtifactReader externalArtifacts,
            ExternalArtifactStore release,
            ArtifactStorage storage,
            KeyLocks locks) {
        this.generators = generators;
        this.externalArtifacts = externalArtifacts;
        this.release = release;
        this.storage = storage;
        this.locks = locks;
    }

    /** What could not be removed and must be tried again. */
    record Leftover(String namespace, String name, String message) {}

    /** What became of an object. */
    private enum Deletion {
        GONE,
        /** Somebody else's by now. */
        FOREIGN,
        CHANGED_MEANWHILE,
        GENERATOR_MOVED_ON
    }

    /**
     * Removes all that this generator ever published but for the names to keep.
     *
     * @throws ApiRequestException a conflict when the generator is not what this run works on any more: another spec
     *     wants other names, and with other labels it may be another shard's
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
     * By the label, and by the inventory where there are files: objects that are gone have left them. A generator
     * publishes in its own namespace alone.
     */
    private Set<ObjectKey> generated(ArtifactGenerator generator) throws IOException {
        String namespace = generator.key().namespace();
        Set<ObjectKey> keys = new TreeSet<>();
        externalArtifacts
                .generatedBy(Ownership.uidOf(generator), namespace)
                .forEach(artifact -> keys.add(artifact.key()));
        for (ArtifactInventoryEntry entry : generator.publishedArtifacts()) {
            ObjectKey key = new ObjectKey(namespace, entry.name());
            Path directory =
                    storage.localPath(ArtifactDirectories.anyFileIn(key)).getParent();
            if (Files.isDirectory(Objects.requireNonNull(directory), LinkOption.NOFOLLOW_LINKS)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private Optional<Leftover> remove(ObjectKey key, ArtifactGenerator generator)
            throws ApiRequestException, InterruptedException {
        KeyLocks.Held lock = locks.hold(key);
        Deletion deletion;
        try {
            deletion = delete(key, generator);
            if (deletion == Deletion.GONE) {
                return removeFiles(key);
            }
        } catch (IOException e) {
            Interruptions.rethrow(e);
            return Optional.of(leftover(key, ErrorText.describe(e)));
        } finally {
            lock.release();
        }
        return switch (deletion) {
            case GENERATOR_MOVED_ON -> throw movedOn(generator);
            case CHANGED_MEANWHILE -> Optional.of(leftover(key, "somebody keeps changing it"));
            default -> Optional.empty();
        };
    }

    private Deletion delete(ObjectKey key, ArtifactGenerator generator) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<ExternalArtifact> current = externalArtifacts.live(key);
            if (current.isEmpty()) {
                return Deletion.GONE;
            }
            if (!Ownership.isOwn(generator, current.get())) {
                LOG.atInfo()
                        .addKeyValue("externalArtifact", key)
                        .log("ExternalArtifact left alone: it is another generator's by now");
                return Deletion.FOREIGN;
            }
            if (!isAsWorkedOn(generator)) { // after the object was read: a later change of it is refused then
                return Deletion.GENERATOR_MOVED_ON;
            }
            if (isDeleted(current.get())) {
                return Deletion.GONE;
            }
        }
        return Deletion.CHANGED_MEANWHILE;
    }

    private boolean isDeleted(ExternalArtifact object) throws IOException {
        try {
            release.delete(object);
            return true;
        } catch (ApiRequestException e) {
            if (e.isConflict()) {
                return false;
            }
            throw e;
        }
    }

    /** A generator that is gone, or is to go, wants nothing any more, whoever looks after it. */
    private boolean isAsWorkedOn(ArtifactGenerator generator) throws IOException {
        V1ObjectMeta seen = generator.metadata();
        return generators
                .read(generator.key())
                .map(ArtifactGenerator::metadata)
                .filter(now -> Objects.equals(now.getUid(), seen.getUid()) && now.getDeletionTimestamp() == null)
                .map(now -> Objects.equals(now.getGeneration(), seen.getGeneration())
                        && labels(now).equals(labels(seen)))
                .orElse(true);
    }

    private static Map<String, String> labels(V1ObjectMeta metadata) {
        return Objects.requireNonNullElse(metadata.getLabels(), Map.of());
    }

    private static ApiRequestException movedOn(ArtifactGenerator generator) {
        return new ApiRequestException(
                "remove what %s does not ask for".formatted(generator.key()),
                HttpURLConnection.HTTP_CONFLICT,
                "its spec or its labels have changed meanwhile");
    }

    /** An object with a finalizer is still there after its deletion; its files stay as long as it does. */
    private Optional<Leftover> removeFiles(ObjectKey key) throws IOException {
        Optional<ExternalArtifact> standing = externalArtifacts.live(key);
        if (standing.isEmpty()
                && storage.removeAllIf(
                        ArtifactDirectories.anyFileIn(key),
                        () -> externalArtifacts.live(key).isEmpty())) {
            LOG.atInfo().addKeyValue("externalArtifact", key).log("removed ExternalArtifact and its files");
        }
        return standing.flatMap(OrphanRemover::holder).map(holder -> leftover(key, holder));
    }

    private static Optional<String> holder(ExternalArtifact object) {
        List<String> finalizers = object.metadata().getFinalizers();
        return object.metadata().getDeletionTimestamp() == null || finalizers == null
                ? Optional.empty()
                : Optional.of("it is deleted, but the finalizer %s holds it".formatted(finalizers));
    }

    private static Leftover leftover(ObjectKey key, String problem) {
        return new Leftover(key.namespace(), key.name(), "%s removal failed: %s".formatted(key.name(), problem));
    }
}
