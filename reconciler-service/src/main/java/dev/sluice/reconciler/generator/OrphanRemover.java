package dev.sluice.reconciler.generator;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.access.TargetAccess;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.reconciler.namespaces.PruneResult;
import dev.sluice.reconciler.publish.ExternalArtifactStore;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.reconciler.volume.ArtifactDirectories;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
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
import java.util.stream.Collectors;
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
    private static final int MAX_UNLISTED = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(OrphanRemover.class);

    private final GeneratorReader generators;
    private final ExternalArtifactReader externalArtifacts;
    private final ExternalArtifactStore store;
    private final ArtifactStorage storage;
    private final TargetAccess access;
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
            TargetAccess access,
            KeyLocks locks) {
        this.generators = generators;
        this.externalArtifacts = externalArtifacts;
        this.store = store;
        this.storage = storage;
        this.access = access;
        this.locks = locks;
    }

    /**
     * An object that could not be removed; the removal must be retried.
     *
     * @param isDenied whether the generator's service account may not delete it
     */
    record Leftover(ObjectKey key, String message, boolean isDenied) {

        /** The namespaces that could not be deleted. */
        static List<Leftover> of(NamespaceResults namespaces) {
            return namespaces.pruned().stream()
                    .filter(PruneResult::isLeft)
                    .map(pruned -> new Leftover(
                            new ObjectKey("", pruned.name()),
                            pruned.problem(),
                            pruned.kind() == PruneResult.Kind.DENIED))
                    .toList();
        }

        /** The reason of a run without other failures: PruneFailed if a removal is denied or in another namespace. */
        static String reason(List<Leftover> leftovers, ArtifactGenerator generator) {
            return isPruneFailure(leftovers, generator)
                    ? GeneratorReasons.PRUNE_FAILED
                    : GeneratorReasons.RECONCILIATION_FAILED;
        }

        static List<String> messages(List<Leftover> leftovers, ArtifactGenerator generator) {
            List<String> messages = new ArrayList<>();
            if (isPruneFailure(leftovers, generator)) {
                messages.add("failed to prune %d object(s), retrying".formatted(leftovers.size()));
            }
            leftovers.forEach(leftover -> messages.add(leftover.message()));
            return messages;
        }

        private static boolean isPruneFailure(List<Leftover> leftovers, ArtifactGenerator generator) {
            return leftovers.stream()
                    .anyMatch(leftover -> leftover.isDenied()
                            || !leftover.key()
                                    .namespace()
                                    .equals(generator.key().namespace()));
        }
    }

    /** Result of the deletion of an object. */
    private enum Deletion {
        DELETED,
        /** It did not exist. */
        GONE,
        /** Owned by another generator or controller, or being deleted by somebody else. */
        NOT_OURS,
        DENIED,
        CHANGED,
        GENERATOR_CHANGED
    }

    /**
     * Removes all objects of this generator except for the given ones.
     *
     * @throws ApiRequestException a conflict if the generator has changed since this run read it: another spec can need
     *     other objects, and with other labels it can belong to another shard
     * @throws IOException if the generator's objects cannot be determined
     */
    Removal removeAllBut(Set<ObjectKey> keep, ArtifactGenerator generator) throws IOException, InterruptedException {
        List<ExternalArtifact> labelled = externalArtifacts.generatedBy(Ownership.uidOf(generator));
        Set<ObjectKey> keys = generated(generator, labelled);
        keys.removeAll(keep);
        return remove(keys, generator);
    }

    /**
     * Removes all objects of a generator that is being deleted. In other namespaces, these include objects that the
     * inventory lacks because a run was interrupted. Such an object may also be somebody's copy, so a denial of its
     * removal is no failure, and there is a limit.
     */
    Removal removeAll(ArtifactGenerator generator) throws IOException, InterruptedException {
        List<ExternalArtifact> labelled = externalArtifacts.generatedBy(Ownership.uidOf(generator));
        Set<ObjectKey> keys = generated(generator, labelled);
        Set<ObjectKey> unlisted = new TreeSet<>();
        labelled.stream()
                .filter(artifact -> Ownership.isPublicationOf(generator, artifact) && !keys.contains(artifact.key()))
                .limit(MAX_UNLISTED)
                .forEach(artifact -> unlisted.add(artifact.key()));
        return Removal.all(
                List.of(remove(keys, generator), remove(unlisted, generator).withoutDenials()));
    }

    private Removal remove(Set<ObjectKey> keys, ArtifactGenerator generator)
            throws ApiRequestException, InterruptedException {
        List<Removal> removals = new ArrayList<>();
        for (ObjectKey key : keys) {
            removals.add(remove(key, generator));
        }
        return Removal.all(removals);
    }

    /**
     * Finds the generator's objects by their label, in other namespaces also by its inventory, because anybody there can
     * copy the label. In its own namespace, finds the files of deleted objects by the inventory; elsewhere, the sweep of
     * the volume removes them, because the inventory may have been edited.
     */
    private Set<ObjectKey> generated(ArtifactGenerator generator, List<ExternalArtifact> labelled) throws IOException {
        String namespace = generator.key().namespace();
        Set<ObjectKey> keys = new TreeSet<>();
        Set<ObjectKey> listed = generator.publishedArtifacts().stream()
                .flatMap(entry -> entry.artifactKey().stream())
                .collect(Collectors.toSet());
        labelled.stream()
                .map(ExternalArtifact::key)
                .filter(key -> key.namespace().equals(namespace) || listed.contains(key))
                .forEach(keys::add);
        for (ObjectKey key : listed) {
            if (!key.namespace().equals(namespace)) {
                continue;
            }
            Interruption.check(); // each entry needs an access to the volume
            Path directory =
                    storage.localPath(ArtifactDirectories.anyFileIn(key)).getParent();
            if (Files.isDirectory(Objects.requireNonNull(directory), LinkOption.NOFOLLOW_LINKS)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private Removal remove(ObjectKey key, ArtifactGenerator generator)
            throws ApiRequestException, InterruptedException {
        KeyLocks.Held lock = locks.hold(key);
        Deletion deletion;
        try {
            deletion = delete(key, generator);
            if (deletion == Deletion.DELETED || deletion == Deletion.GONE) {
                return removeFiles(key, generator, deletion == Deletion.DELETED);
            }
        } catch (IOException e) {
            Interruptions.rethrow(e);
            return Removal.left(leftover(key, generator, ErrorText.describe(e)));
        } finally {
            lock.release();
        }
        return switch (deletion) {
            case GENERATOR_CHANGED -> throw generatorChanged(generator);
            case CHANGED -> Removal.left(leftover(key, generator, "the object keeps changing"));
            case DENIED -> Removal.left(denied(key, generator));
            default -> Removal.NONE;
        };
    }

    private Deletion delete(ObjectKey key, ArtifactGenerator generator) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<ExternalArtifact> current = externalArtifacts.live(key);
            if (current.isEmpty()) {
                return Deletion.GONE;
            }
            if (!Ownership.hasLabelOf(generator, current.get())) {
                LOG.atInfo()
                        .addKeyValue("externalArtifact", key)
                        .log("ExternalArtifact not removed: now owned by another generator");
                return Deletion.NOT_OURS;
            }
            if (!isUnchanged(generator)) { // after the read of the object, whose later changes make the deletion fail
                return Deletion.GENERATOR_CHANGED;
            }
            if (access.deletionDenial(generator, key).isPresent()) {
                // somebody else's deletion, such as that of the namespace, needs no permission of the account
                return isBeingDeleted(current.get()) ? Deletion.NOT_OURS : Deletion.DENIED;
            }
            if (isDeleted(current.get())) {
                return Deletion.DELETED;
            }
        }
        return Deletion.CHANGED;
    }

    private static boolean isBeingDeleted(ExternalArtifact object) {
        return object.metadata().getDeletionTimestamp() != null;
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
     *
     * @param isDeleted whether this run has deleted the object
     */
    private Removal removeFiles(ObjectKey key, ArtifactGenerator generator, boolean isDeleted) throws IOException {
        Optional<ExternalArtifact> remaining = externalArtifacts.live(key);
        if (remaining.isPresent()) {
            return pendingFinalizers(remaining.get())
                    .map(problem -> Removal.left(leftover(key, generator, problem)))
                    .orElse(Removal.NONE);
        }
        boolean hadFiles = storage.removeAllIf(
                ArtifactDirectories.anyFileIn(key),
                () -> externalArtifacts.live(key).isEmpty());
        if (hadFiles) {
            LOG.atInfo().addKeyValue("externalArtifact", key).log("removed ExternalArtifact and its files");
        }
        return isDeleted || hadFiles ? Removal.of(key) : Removal.NONE;
    }

    private static Optional<String> pendingFinalizers(ExternalArtifact object) {
        List<String> finalizers = object.metadata().getFinalizers();
        return !isBeingDeleted(object) || finalizers == null
                ? Optional.empty()
                : Optional.of("its deletion waits for the finalizers %s".formatted(finalizers));
    }

    private Leftover denied(ObjectKey key, ArtifactGenerator generator) {
        try {
            String problem = access.deletionDenial(generator, key).orElse("the permission has just changed");
            return new Leftover(key, message(key, generator, problem), true);
        } catch (IOException e) {
            return leftover(key, generator, ErrorText.describe(e));
        }
    }

    private static Leftover leftover(ObjectKey key, ArtifactGenerator generator, String problem) {
        return new Leftover(key, message(key, generator, problem), false);
    }

    private static String message(ObjectKey key, ArtifactGenerator generator, String problem) {
        return "%s removal failed: %s".formatted(ArtifactNames.of(key, generator), problem);
    }
}
