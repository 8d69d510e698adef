package dev.sluice.reconciler.generator;

import dev.sluice.artifact.config.GoDuration;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.queue.CurrentRun;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.queue.RunContext;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.cluster.GeneratorAnnotations;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.reconciler.history.RunListener;
import dev.sluice.reconciler.namespaces.ManagedInventory;
import dev.sluice.reconciler.namespaces.NamespaceFiles;
import dev.sluice.reconciler.namespaces.NamespaceRun;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.publish.DriftReason;
import dev.sluice.reconciler.source.FetchPendingException;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reconciles an ArtifactGenerator. {@link #run} is the whole flow, one line for each step. Steps return a value or
 * throw a typed failure; only {@link StatusReporter} writes conditions.
 */
public final class ArtifactGeneratorReconciler implements Reconciler<ObjectKey> {

    private static final String INTERNAL_ERROR = "internal error; see the controller log";

    private final GeneratorReader generators;
    private final RecentWrites<ArtifactGenerator> recentWrites;
    private final StatusReporter status;
    private final ReconcileSteps steps;
    private final RunListener runs;
    private final Duration timeout;

    ArtifactGeneratorReconciler(
            GeneratorReader generators,
            RecentWrites<ArtifactGenerator> recentWrites,
            StatusReporter status,
            ReconcileSteps steps,
            RunListener runs,
            Duration timeout) {
        this.generators = generators;
        this.recentWrites = recentWrites;
        this.status = status;
        this.steps = steps;
        this.runs = runs;
        this.timeout = timeout;
    }

    @Override
    public Result reconcile(ObjectKey key) throws IOException, InterruptedException {
        Optional<ArtifactGenerator> generator = generators.get(key).map(recentWrites::newest);
        if (generator.isEmpty()) {
            recentWrites.forget(key);
            return Result.done();
        }
        runs.began(key);
        RunSummary summary = RunSummary.NONE;
        try {
            try {
                Outcome outcome = outcomeOf(generator.get());
                Result result = status.report(generator.get(), outcome);
                summary = RunSummary.of(outcome, result);
                return result;
            } catch (RuntimeException | Error e) {
                reportDefect(generator.get(), e);
                throw e;
            } finally {
                status.abandon(key);
            }
        } catch (ApiRequestException e) {
            if (e.isConflict()) {
                return Result.retry();
            }
            throw e;
        } finally {
            summary.report(runs);
        }
    }

    @Override
    public Map<String, String> logFields(ObjectKey key) {
        return RunContext.fieldsOf(ArtifactGenerator.TYPE.kind(), key);
    }

    /** Reports the defect in the status; the worker loop logs, counts and retries it. */
    private void reportDefect(ArtifactGenerator generator, Throwable defect) {
        try {
            status.report(generator, Outcome.Retry.of(GeneratorReasons.RECONCILIATION_FAILED, INTERNAL_ERROR, null));
        } catch (IOException | RuntimeException e) {
            defect.addSuppressed(e);
        }
    }

    /**
     * Runs and maps failures to outcomes. A conflict is not an outcome: the cache is behind, and the next run sees the
     * current object.
     */
    private Outcome outcomeOf(ArtifactGenerator generator) throws ApiRequestException, InterruptedException {
        try {
            return run(generator);
        } catch (TerminalException e) {
            return new Outcome.Stalled(e.reason(), String.valueOf(e.getMessage()));
        } catch (ReconcileFailure e) {
            return e.toOutcome();
        } catch (LimitExceededException e) {
            return new Outcome.Stalled(GeneratorReasons.BUILD_FAILED, String.valueOf(e.getMessage()));
        } catch (FetchPendingException e) {
            return new Outcome.Waiting(String.valueOf(e.getMessage()), e.retryAfter());
        } catch (BudgetWaitException e) {
            return new Outcome.Waiting(String.valueOf(e.getMessage()), e.conditionMessage(), e.retryAfter());
        } catch (IOException e) {
            if (e instanceof ApiRequestException request && request.isConflict()) {
                throw request;
            }
            if (Thread.interrupted()) {
                return outcomeOfInterruption();
            }
            return Outcome.Retry.of(GeneratorReasons.RECONCILIATION_FAILED, ErrorText.describe(e), null);
        } catch (InterruptedException e) {
            return outcomeOfInterruption();
        }
    }

    /** A run that timed out reports it; one that ends because the process stops or no longer leads writes no status. */
    private Outcome outcomeOfInterruption() throws InterruptedException {
        if (CurrentRun.isTimedOut()) {
            return Outcome.Retry.of(GeneratorReasons.RECONCILIATION_FAILED, timeoutMessage(), null);
        }
        throw new InterruptedException("the controller is stopping");
    }

    private String timeoutMessage() {
        return "the reconciliation timed out after %s; raise --reconciliation-timeout if its sources need more time"
                .formatted(GoDuration.format(timeout));
    }

    private Outcome run(ArtifactGenerator generator)
            throws IOException, ReconcileFailure, TerminalException, InterruptedException {
        if (generator.metadata().getDeletionTimestamp() != null) {
            return steps.finalizer().finish(generator);
        }
        if (GeneratorFinalizer.isMissing(generator)) {
            return steps.finalizer().add(generator);
        }
        if (GeneratorAnnotations.isDisabled(generator)) {
            return new Outcome.Suspended(false);
        }
        steps.validator().validate(generator);
        steps.namespaces().validate(generator);
        ObservedSources observed = steps.observer().observe(generator);
        Optional<DriftReason> drift = steps.driftDetector().detect(generator, observed.digest());
        if (drift.isEmpty()) {
            return new Outcome.UpToDate(
                    generator.publishedArtifacts().size(),
                    ManagedInventory.of(generator).size());
        }
        runs.builds(drift.get().description());
        status.markProgressing(generator, drift.get());
        try (SourceTrees sources = steps.sourceTrees().fetch(generator.key(), observed)) {
            List<PlannedArtifact> plan = steps.planner().plan(generator, sources.byAlias(), sources.budget());
            NamespaceRun namespaces = steps.namespaces()
                    .begin(
                            generator,
                            plan,
                            new NamespaceFiles(sources.byAlias(), sources.budget()),
                            (added, objection) -> status.recordNamespaces(generator, added, objection));
            List<ArtifactResult> results = steps.publisher().publish(generator, plan, sources, observed, namespaces);
            Removal removal = steps.orphans().removeAllBut(keysOf(plan, generator), generator);
            return new RunResult(results, removal, namespaces.finish()).outcome(generator, observed);
        }
    }

    private static Set<ObjectKey> keysOf(List<PlannedArtifact> plan, ArtifactGenerator generator) {
        return plan.stream()
                .map(planned -> generator.artifactKey(planned.artifact()))
                .collect(Collectors.toSet());
    }
}
