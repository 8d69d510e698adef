package dev.sluice.reconciler.generator;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.build.Causes;
import dev.sluice.reconciler.build.PlannedArtifact;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.publish.ArtifactKeeper;
import dev.sluice.reconciler.publish.ExternalArtifactRelease;
import dev.sluice.reconciler.publish.ServedCheck;
import dev.sluice.reconciler.publish.StoredArtifact;
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
final class ArtifactReleaser {

    private final ArtifactKeeper keeper;
    private final Ownership ownership;
    private final ExternalArtifactReader externalArtifacts;
    private final ExternalArtifactRelease publisher;
    private final ServedCheck served;
    private final KeyLocks locks;

    ArtifactReleaser(
            ArtifactKeeper keeper,
            Ownership ownership,
            ExternalArtifactReader externalArtifacts,
            ExternalArtifactRelease publisher,
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
        KeyLocks.Held lock = locks.hold(key);
        try {
            FileTree tree = sources.build(planned.artifact());
            ExternalArtifact current = current(generator, key);
            Artifact published = current == null ? null : publisher.published(current);
            StoredArtifact stored = keeper.keep(key, tree, published);
            Artifact artifact = Revisions.of(planned.artifact(), observed).apply(stored, published);
            publish(generator, planned, artifact, current);
            keeper.collectGarbage(artifact, !isSameFile(artifact, published));
            return new ArtifactResult.Published(entry(key, artifact), change(key, artifact, published));
        } catch (BudgetWaitException e) {
            throw e;
        } catch (LimitExceededException e) {
            return new ArtifactResult.Failed(name, Reasons.BUILD_FAILED, Causes.describe(e), true);
        } catch (UncheckedIOException e) {
            Interruptions.rethrow(e);
            throw e;
        } catch (PublishException e) {
            Interruptions.rethrow(e);
            e.rethrowConflict();
            return failed(name, Reasons.RECONCILIATION_FAILED, "reconcile", e);
        } catch (IOException e) {
            Interruptions.rethrow(e);
            return failed(name, Reasons.BUILD_FAILED, "build", e);
        } finally {
            lock.release();
        }
    }

    private void publish(
            ArtifactGenerator generator, PlannedArtifact planned, Artifact artifact, @Nullable ExternalArtifact current)
            throws PublishException, InterruptedException {
        try {
            if (current == null || !current.artifact().filter(artifact::equals).isPresent()) {
                served.await(artifact);
            }
            publisher.publish(generator, planned, artifact, current);
        } catch (IOException e) {
            throw new PublishException(Causes.describe(e), e);
        }
    }

    /**
     * The object as it is, after the check that it is ours. An object that the cache lacks is asked for, because the
     * apply that follows would take over what somebody else has just made.
     */
    private @Nullable ExternalArtifact current(ArtifactGenerator generator, ObjectKey key) throws PublishException {
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
            return current.orElse(null);
        } catch (IOException e) {
            throw new PublishException(Causes.describe(e), e);
        }
    }

    private static boolean isSameFile(Artifact artifact, @Nullable Artifact published) {
        return published != null && published.path().equals(artifact.path());
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
                        artifact.metadata().get(SourceObserver.ORIGIN_REVISION));
    }

    private static String fileName(Artifact artifact) {
        return artifact.path().substring(artifact.path().lastIndexOf('/') + 1);
    }

    private static ArtifactResult failed(String name, String reason, String step, Exception e) {
        return new ArtifactResult.Failed(name, reason, "%s %s failed: %s".formatted(name, step, Causes.describe(e)));
    }
}
