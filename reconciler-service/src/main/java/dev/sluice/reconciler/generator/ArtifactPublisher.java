package dev.sluice.reconciler.generator;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.copy.PublishedFiles;
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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds, stores and publishes each planned artifact on its own: one that fails keeps its last good state and does not
 * stop its siblings. What is as it should be already is neither written nor applied again.
 */
final class ArtifactPublisher {

    /** A removal that loses the race puts back what it took, so the second time nothing is missing. */
    private static final int ATTEMPTS = 3;

    private final ArtifactStore keeper;
    private final Ownership ownership;
    private final ExternalArtifactReader externalArtifacts;
    private final ExternalArtifactStore publisher;
    private final ServedCheck served;
    private final KeyLocks locks;

    ArtifactPublisher(
            ArtifactStore keeper,
            Ownership ownership,
            ExternalArtifactReader externalArtifacts,
            ExternalArtifactStore publisher,
            ServedCheck served,
            KeyLocks locks) {
        this.keeper = keeper;
        this.ownership = ownership;
        this.externalArtifacts = externalArtifacts;
        this.publisher = publisher;
        this.served = served;
        this.locks = locks;
    }

    /**
     * @throws ApiRequestException a conflict, when all are done: somebody else has published one of them meanwhile. It
     *     is no failure to tell of; the next run sees what this one did not
     * @throws BudgetWaitException if there is no room for one of them now; those before it are published
     */
    List<ArtifactResult> release(
            ArtifactGenerator generator, List<PlannedArtifact> plan, SourceTrees sources, ObservedSources observed)
            throws ApiRequestException, BudgetWaitException, InterruptedException {
        List<ArtifactResult> results = new ArrayList<>();
        ApiRequestException conflict = null;
        for (PlannedArtifact planned : plan) {
            try {
                results.add(releaseOne(generator, planned, sources, observed));
            } catch (ApiRequestException e) {
                conflict = e;
            }
        }
        if (conflict != null) {
            throw conflict;
        }
        return results;
    }

    private ArtifactResult releaseOne(
            ArtifactGenerator generator, PlannedArtifact planned, SourceTrees sources, ObservedSources observed)
            throws ApiRequestException, BudgetWaitException, InterruptedException {
        String name = planned.artifact().name();
        ObjectKey key = new ObjectKey(generator.key().namespace(), name);
        try {
            FileTree tree = sources.build(planned.artifact(), formerFiles(key, sources));
            return publishUntilItStands(
                    new Release(generator, planned, key, Revisions.of(planned.artifact(), observed)), tree);
        } catch (BudgetWaitException e) {
            throw e;
        } catch (LimitExceededException e) {
            return new ArtifactResult.Failed(name, GeneratorReasons.BUILD_FAILED, ErrorText.describe(e), true);
        } catch (UncheckedIOException e) {
            Interruptions.rethrow(e);
            throw e;
        } catch (PublishException e) {
            Interruptions.rethrow(e);
            e.rethrowConflict();
            return failed(name, GeneratorReasons.RECONCILIATION_FAILED, "reconcile", e);
        } catch (IOException e) {
            Interruptions.rethrow(e);
            return failed(name, GeneratorReasons.BUILD_FAILED, "build", e);
        }
    }

    private PublishedFiles formerFiles(ObjectKey key, SourceTrees sources) {
        return (built, merged) -> keeper.formerFiles(
                key, built, merged, offered(externalArtifacts.cached(key)), sources.blobs(), sources.budget());
    }

    private ArtifactResult publishUntilItStands(Release release, FileTree tree)
            throws IOException, PublishException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<ArtifactResult.Published> published = release(release, tree);
            if (published.isPresent()) {
                return published.get();
            }
        }
        throw new PublishException("its file was removed again and again while it was published", null);
    }

    /** One artifact on its way into the cluster. */
    private record Release(ArtifactGenerator generator, PlannedArtifact planned, ObjectKey key, Revisions revisions) {}

    /** What is done while nobody else of this process has the name. */
    private interface Step<T> {
        T run() throws IOException, PublishException;
    }

    /**
     * The name is not held while it is waited for the artifact server: what may have changed meanwhile is looked at
     * anew. Empty when another shard, which knew of no object, has removed the file: the object is written, so nobody
     * does that again.
     */
    private Optional<ArtifactResult.Published> release(Release release, FileTree tree)
            throws IOException, PublishException, InterruptedException {
        Optional<ExternalArtifact> seen = current(release);
        StoredArtifact stored = holding(release.key(), () -> keeper.keep(release.key(), tree, offered(seen)));
        awaitServed(release, stored, seen);
        return holding(release.key(), () -> publish(release, stored));
    }

    private <T> T holding(ObjectKey key, Step<T> step) throws IOException, PublishException, InterruptedException {
        KeyLocks.Held lock = locks.hold(key);
        try {
            return step.run();
        } finally {
            lock.release();
        }
    }

    private void awaitServed(Release release, StoredArtifact stored, Optional<ExternalArtifact> seen)
            throws PublishException, InterruptedException {
        Artifact artifact = release.revisions().apply(stored, offered(seen));
        if (seen.flatMap(ExternalArtifact::artifact).filter(artifact::equals).isPresent()) {
            return;
        }
        try {
            served.await(artifact);
        } catch (IOException e) {
            throw new PublishException(ErrorText.describe(e), e);
        }
    }

    private Optional<ArtifactResult.Published> publish(Release release, StoredArtifact stored)
            throws IOException, PublishException {
        Optional<ExternalArtifact> current = current(release);
        Artifact offered = offered(current);
        Artifact artifact = release.revisions().apply(stored, offered);
        try {
            publisher.publish(release.generator(), release.planned(), artifact, current.orElse(null));
        } catch (IOException e) {
            throw new PublishException(ErrorText.describe(e), e);
        }
        if (!keeper.isStored(artifact)) {
            return Optional.empty();
        }
        keeper.collectGarbage(artifact, offered != null && !isSameFile(artifact, offered));
        return Optional.of(
                new ArtifactResult.Published(entry(release.key(), artifact), change(release.key(), artifact, offered)));
    }

    private @Nullable Artifact offered(Optional<ExternalArtifact> current) {
        return current.map(publisher::published).orElse(null);
    }

    /**
     * The object as it is, after the check that it is ours. An object that the cache lacks is asked for, because the
     * apply that follows would take over what somebody else has just made.
     */
    private Optional<ExternalArtifact> current(Release release) throws PublishException {
        ArtifactGenerator generator = release.generator();
        ObjectKey key = release.key();
        try {
            Optional<ExternalArtifact> current = externalArtifacts.cached(key);
            if (current.isEmpty() || !Ownership.isOwn(generator, current.get())) {
                current = externalArtifacts.live(key);
            }
            Optional<String> objection =
                    current.isEmpty() ? Optional.empty() : ownership.objection(generator, current.get());
            if (objection.isPresent()) {
                throw new PublishException("ExternalArtifact %s: %s".formatted(key, objection.get()), null);
            }
            return current;
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

    private static ArtifactResult failed(String name, String reason, String step, Exception e) {
        return new ArtifactResult.Failed(name, reason, "%s %s failed: %s".formatted(name, step, ErrorText.describe(e)));
    }
}
