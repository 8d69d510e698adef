package dev.sluice.reconciler.generator;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.access.TargetAccess;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.cluster.Claim;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.copy.PublishedFiles;
import dev.sluice.reconciler.inputs.InputsException;
import dev.sluice.reconciler.namespaces.NamespaceFailure;
import dev.sluice.reconciler.namespaces.NamespaceRun;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.publish.ArtifactStore;
import dev.sluice.reconciler.publish.ExternalArtifactStore;
import dev.sluice.reconciler.publish.ServedCheck;
import dev.sluice.reconciler.publish.StoredArtifact;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds, stores and publishes each planned artifact separately: a failed artifact keeps its last published state and
 * does not stop the others. Unchanged files and objects are not written again.
 */
final class ArtifactPublisher {

    /**
     * Publish attempts. A removal that loses the race restores the files, so the second attempt finds them. The second
     * attempt reads the object.
     */
    private static final int ATTEMPTS = 3;

    private final ArtifactStore store;
    private final Ownership ownership;
    private final ExternalArtifactReader externalArtifacts;
    private final ExternalArtifactStore publisher;
    private final ServedCheck served;
    private final TargetAccess access;
    private final KeyLocks locks;

    ArtifactPublisher(
            ArtifactStore store,
            Ownership ownership,
            ExternalArtifactReader externalArtifacts,
            ExternalArtifactStore publisher,
            ServedCheck served,
            TargetAccess access,
            KeyLocks locks) {
        this.store = store;
        this.ownership = ownership;
        this.externalArtifacts = externalArtifacts;
        this.publisher = publisher;
        this.served = served;
        this.access = access;
        this.locks = locks;
    }

    /**
     * Publishes all planned artifacts. Checks all permissions before it writes anything; the artifacts that may not be
     * published fail, the others are published.
     *
     * @throws ApiRequestException a conflict, after all artifacts were processed: somebody else has published one of
     *     them meanwhile; this is not a failure, and the next run sees the change
     * @throws BudgetWaitException if the process has no budget for an artifact now; the previous ones are published
     * @throws IOException if the API server does not answer whether the generator may publish
     */
    List<ArtifactResult> publish(
            ArtifactGenerator generator,
            List<PlannedArtifact> plan,
            SourceTrees sources,
            ObservedSources observed,
            NamespaceRun namespaces)
            throws IOException, InterruptedException {
        RunContents run = new RunContents(sources, observed, namespaces);
        Map<ObjectKey, String> denials = access.denials(
                generator,
                plan.stream()
                        .map(planned -> generator.artifactKey(planned.artifact()))
                        .toList());
        List<ArtifactResult> results = new ArrayList<>();
        ApiRequestException conflict = null;
        for (PlannedArtifact planned : plan) {
            ObjectKey key = generator.artifactKey(planned.artifact());
            String denial = denials.get(key);
            try {
                results.add(
                        denial == null
                                ? publishOne(generator, planned, run)
                                : new ArtifactResult.Failed(key, GeneratorReasons.ACCESS_DENIED, denial, true));
            } catch (ApiRequestException e) {
                conflict = e;
            }
        }
        if (conflict != null) {
            throw conflict;
        }
        return results;
    }

    /** What all artifacts of a run share. */
    private record RunContents(SourceTrees sources, ObservedSources observed, NamespaceRun namespaces) {}

    private ArtifactResult publishOne(ArtifactGenerator generator, PlannedArtifact planned, RunContents run)
            throws ApiRequestException, BudgetWaitException, InterruptedException {
        ObjectKey key = generator.artifactKey(planned.artifact());
        String name = ArtifactNames.of(key, generator);
        try {
            SourceTrees sources = run.sources();
            FileTree tree = sources.build(planned.artifact(), publishedFiles(generator, key, sources));
            ExportedInputs exported = ExportedInputs.of(sources.inputs(planned.artifact()));
            run.namespaces().reconcile(planned, sources::lastBuilt);
            return publishWithRetry(
                    new Task(generator, planned, key, Revisions.of(planned.artifact(), run.observed()), exported),
                    tree);
        } catch (NamespaceFailure e) {
            return failed(key, e);
        } catch (BudgetWaitException e) {
            throw e;
        } catch (LimitExceededException e) {
            return new ArtifactResult.Failed(key, GeneratorReasons.BUILD_FAILED, ErrorText.describe(e), true);
        } catch (UncheckedIOException e) {
            Interruptions.rethrow(e);
            throw e;
        } catch (PublishException e) {
            Interruptions.rethrow(e);
            e.rethrowConflict();
            return failed(key, name, GeneratorReasons.RECONCILIATION_FAILED, "reconcile", e);
        } catch (InputsException e) {
            return failed(key, name, GeneratorReasons.BUILD_FAILED, "inputs", e);
        } catch (IOException e) {
            Interruptions.rethrow(e);
            return failed(key, name, GeneratorReasons.BUILD_FAILED, "build", e);
        }
    }

    /** In another namespace, only files of the generator's own object are read. */
    private PublishedFiles publishedFiles(ArtifactGenerator generator, ObjectKey key, SourceTrees sources) {
        boolean isForeign = !key.namespace().equals(generator.key().namespace());
        return (built, merged) -> store.publishedFiles(
                key,
                built,
                merged,
                offered(externalArtifacts
                        .cached(key)
                        .filter(object -> !isForeign || Ownership.hasLabelOf(generator, object))),
                sources.blobs(),
                sources.budget());
    }

    private ArtifactResult publishWithRetry(Task task, FileTree tree)
            throws IOException, PublishException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<ArtifactResult.Published> published = publish(task, tree, attempt == 0 && isAbsent(task));
            if (published.isPresent()) {
                return published.get();
            }
        }
        throw new PublishException("its file was removed repeatedly during publication", null);
    }

    /** One artifact to publish. */
    private record Task(
            ArtifactGenerator generator,
            PlannedArtifact planned,
            ObjectKey key,
            Revisions revisions,
            ExportedInputs inputs) {}

    /** A step that runs while this process holds the lock on the name. */
    private interface Step<T> {
        T run() throws IOException, PublishException;
    }

    /**
     * Whether the object does not exist as far as the cache knows. A new artifact then needs no read: the API server
     * creates the object only if there is none. The cache does not know other namespaces in all cases.
     */
    private boolean isAbsent(Task task) {
        return isInOwnNamespace(task)
                && externalArtifacts.cached(task.key()).isEmpty()
                && !externalArtifacts.isSetAside(task.key());
    }

    /**
     * Stores, verifies and applies an artifact. Releases the lock on the name while it waits for the artifact server,
     * and reads the object again afterwards. Returns empty if another shard, which did not know the object, has removed
     * the file; the object now exists, so this cannot happen again. Also returns empty if the object was assumed to be
     * absent and exists.
     */
    private Optional<ArtifactResult.Published> publish(Task task, FileTree tree, boolean assumedAbsent)
            throws IOException, PublishException, InterruptedException {
        Optional<ExternalArtifact> seen = existing(task, assumedAbsent).object();
        if (seen.isEmpty() && !isInOwnNamespace(task)) {
            checkCreation(task);
        }
        StoredArtifact stored = withLock(task.key(), () -> store.store(task.key(), tree, offered(seen)));
        awaitServed(task, stored, seen);
        return withLock(task.key(), () -> apply(task, stored, seen.isEmpty(), assumedAbsent));
    }

    private static boolean isInOwnNamespace(Task task) {
        return task.key().namespace().equals(task.generator().key().namespace());
    }

    /**
     * Stores nothing for a namespace that does not exist or takes no new objects: nothing would count these files, and no
     * share of the volume would limit them.
     */
    private void checkCreation(Task task) throws PublishException {
        try {
            publisher.checkCreation(task.generator(), task.planned());
        } catch (IOException e) {
            throw new PublishException(ErrorText.describe(e), e);
        }
    }

    private <T> T withLock(ObjectKey key, Step<T> step) throws IOException, PublishException, InterruptedException {
        KeyLocks.Held lock = locks.hold(key);
        try {
            return step.run();
        } finally {
            lock.release();
        }
    }

    private void awaitServed(Task task, StoredArtifact stored, Optional<ExternalArtifact> seen)
            throws PublishException, InterruptedException {
        Artifact artifact = task.revisions().apply(stored, offered(seen));
        if (seen.flatMap(ExternalArtifact::artifact).filter(artifact::equals).isPresent()) {
            return;
        }
        try {
            served.await(artifact);
        } catch (IOException e) {
            throw new PublishException(ErrorText.describe(e), e);
        }
    }

    /**
     * @param isNew whether there was no object of the name before
     * @param assumed whether that is known from the cache only
     */
    private Optional<ArtifactResult.Published> apply(Task task, StoredArtifact stored, boolean isNew, boolean assumed)
            throws IOException, PublishException {
        Existing existing = existing(task, isNew);
        Optional<ExternalArtifact> current = existing.object();
        Artifact offered = offered(current);
        Artifact artifact = task.revisions().apply(stored, offered);
        try {
            publisher.publish(task.generator(), task.planned(), artifact, task.inputs(), current.orElse(null));
        } catch (IOException e) {
            if (assumed && current.isEmpty() && PublishException.isConflict(e)) {
                return Optional.empty();
            }
            throw new PublishException(ErrorText.describe(e), e);
        }
        if (!store.isStored(artifact)) {
            return Optional.empty();
        }
        store.collectGarbage(artifact, offered != null && !isSameFile(artifact, offered));
        return Optional.of(new ArtifactResult.Published(
                entry(task.key(), artifact),
                change(task.key(), artifact, offered),
                existing.takeover().orElse(null)));
    }

    private @Nullable Artifact offered(Optional<ExternalArtifact> current) {
        return current.map(publisher::published).orElse(null);
    }

    /** The existing object, and the generator that hands it over. */
    private record Existing(Optional<ExternalArtifact> object, Optional<String> former) {

        Optional<ArtifactResult.Takeover> takeover() {
            return former.flatMap(owner -> object.map(taken -> new ArtifactResult.Takeover(taken, owner)));
        }
    }

    /**
     * Returns the existing object after the ownership check. Asks the API server if the cache lacks the object, unless
     * there is none: then the API server refuses to create one if it has appeared since.
     *
     * @param isNew whether there was no object before
     */
    private Existing existing(Task task, boolean isNew) throws PublishException {
        ArtifactGenerator generator = task.generator();
        ObjectKey key = task.key();
        try {
            Optional<ExternalArtifact> current = externalArtifacts.cached(key);
            boolean isKnown = current.map(object -> Ownership.hasLabelOf(generator, object))
                    .orElse(isNew);
            if (!isKnown) {
                current = externalArtifacts.live(key);
            }
            if (current.isEmpty()) {
                return new Existing(current, Optional.empty());
            }
            Claim claim = ownership.claim(generator, current.get());
            if (claim.objection().isPresent()) {
                throw new PublishException(
                        "ExternalArtifact %s: %s"
                                .formatted(key, claim.objection().get()),
                        null);
            }
            return new Existing(current, claim.formerOwner());
        } catch (IOException e) {
            throw new PublishException(ErrorText.describe(e), e);
        }
    }

    private static boolean isSameFile(Artifact artifact, Artifact published) {
        return published.path().equals(artifact.path());
    }

    private static ArtifactInventoryEntry entry(ObjectKey key, Artifact artifact) {
        return new ArtifactInventoryEntry(
                key.name(), key.namespace(), Objects.requireNonNull(artifact.digest()), fileName(artifact));
    }

    private static Changes.@Nullable Change change(ObjectKey key, Artifact artifact, @Nullable Artifact published) {
        boolean same = published != null
                && Objects.equals(published.revision(), artifact.revision())
                && Objects.equals(published.digest(), artifact.digest());
        return same
                ? null
                : new Changes.Change(
                        key.namespace(),
                        key.name(),
                        Objects.requireNonNull(artifact.digest()),
                        artifact.revision(),
                        artifact.originRevision().orElse(null));
    }

    private static String fileName(Artifact artifact) {
        return artifact.path().substring(artifact.path().lastIndexOf('/') + 1);
    }

    /** Has the same text for all artifacts of a namespace. */
    private static ArtifactResult failed(ObjectKey key, NamespaceFailure failure) {
        return new ArtifactResult.Failed(
                key,
                failure.isDenied() ? GeneratorReasons.ACCESS_DENIED : GeneratorReasons.RECONCILIATION_FAILED,
                "namespace reconciliation failed: " + failure.message(),
                failure.isFinal());
    }

    private static ArtifactResult failed(ObjectKey key, String name, String reason, String step, Exception e) {
        return new ArtifactResult.Failed(key, reason, "%s %s failed: %s".formatted(name, step, ErrorText.describe(e)));
    }
}
