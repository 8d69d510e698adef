package dev.sluice.reconciler.generator;

import dev.sluice.artifact.concurrent.Interruption;
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
 * Removes orphaned ExternalArtifacts of a generator: the object first, then its files, so that no object points at
 * missing files. Objects that now belong to others are kept. Before each step, the API server must confirm that the
 * object belongs to the generator, that the generator is unchanged since this run read it, and that no object has the
 * name when its files are deleted, because another shard can publish under the name at any time.
 */
final class OrphanRemover {

    private static final int ATTEMPTS = 3;
    private static final Logger LOG = LoggerFactory.getLogger(OrphanRemover.class);

    private final GeneratorReader generators;
    private final ExternalArtifactReader externalArtifacts;
    private final ExternalArtifactStore store;
    private final ArtifactStorage storage;
    private final KeyLocks locks;

    /**
     * Creates the remover.
     *
     * @param locks the publisher's locks, so that a name that is claimed again at the same moment does not lose its new
     *     file
     */
    OrphanRemover(
            GeneratorReader generators,
            ExternalArtifactReader externalArtifacts,
            ExternalArtifactStore store,
            ArtifactStorage storage,
            KeyLocks locks) {
        this.generators = generators;
        this.externalArtifacts = externalArtifacts;
        this.store = store;
        this.storage = storage;
        this.locks = locks;
    }

    /** An object that could not be removed; the removal must be retried. */
    record Leftover(String namespace, String name, String message) {}

    /** Result of the deletion of an object. */
    private enum Deletion {
        GONE,
        /** Owned by another generator or controller. */
        FOREIGN,
        CHANGED,
        GENERATOR_CHANGED
    }

    /**
     * Removes all objects of this generator except for the given names.
     *
     * @throws ApiRequestException a conflict if the generator has changed since this run read it: another spec can need
     *     other names, and with other labels it can belong to another shard
     * @throws IOException if the generator's objects cannot be determined
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
     * Finds the generator's objects by their label, and files of deleted objects by the inventory. A generator
     * publishes in its own namespace only.
     */
    private Set<ObjectKey> generated(ArtifactGenerator generator) throws IOException {
        String namespace = generator.key().namespace();
        Set<ObjectKey> keys = new TreeSet<>();
        externalArtifacts
                .generatedBy(Ownership.uidOf(generator), namespace)
                .forEach(artifact -> keys.add(artifact.key()));
        for (ArtifactInventoryEntry entry : generator.publishedArtifacts()) {
            Interruption.check(); // each entry needs an access to the volume
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
            case GENERATOR_CHANGED -> throw generatorChanged(generator);
            case CHANGED -> Optional.of(leftover(key, "the object keeps changing"));
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
                        .log("ExternalArtifact not removed: now owned by another generator");
                return Deletion.FOREIGN;
            }
            if (!isUnchanged(generator)) { // after the read of the object, whose later changes make the deletion fail
                return Deletion.GENERATOR_CHANGED;
            }
            if (isDeleted(current.get())) {
                return Deletion.GONE;
            }
        }
        return Deletion.CHANGED;
    }

    private boolean isDeleted(ExternalArtifact object) throws IOException {
        try {
            store.delete(object);
            return true;
        } catch (ApiRequestException e) {
            if (e.isConflict()) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Whether the generator is as this run read it. True for a generator that is deleted or being deleted, which needs
     * no objects.
     */
    private boolean isUnchanged(ArtifactGenerator generator) throws IOException {
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

    private static ApiRequestException generatorChanged(ArtifactGenerator generator) {
        return new ApiRequestException(
                "remove the orphans of %s".formatted(generator.key()),
                HttpURLConnection.HTTP_CONFLICT,
                "its spec or labels have changed");
    }

    /**
     * Removes the files of a deleted object. An object with a finalizer still exists after its deletion, and so do its
     * files.
     */
    private Optional<Leftover> removeFiles(ObjectKey key) throws IOException {
        Optional<ExternalArtifact> remaining = externalArtifacts.live(key);
        if (remaining.isEmpty()
                && storage.removeAllIf(
                        ArtifactDirectories.anyFileIn(key),
                        () -> externalArtifacts.live(key).isEmpty())) {
            LOG.atInfo().addKeyValue("externalArtifact", key).log("removed ExternalArtifact and its files");
        }
        return remaining.flatMap(OrphanRemover::pendingFinalizers).map(problem -> leftover(key, problem));
    }

    private static Optional<String> pendingFinalizers(ExternalArtifact object) {
        List<String> finalizers = object.metadata().getFinalizers();
        return object.metadata().getDeletionTimestamp() == null || finalizers == null
                ? Optional.empty()
                : Optional.of("its deletion waits for the finalizers %s".formatted(finalizers));
    }

    private static Leftover leftover(ObjectKey key, String problem) {
        return new Leftover(key.namespace(), key.name(), "%s removal failed: %s".formatted(key.name(), problem));
    }
}
