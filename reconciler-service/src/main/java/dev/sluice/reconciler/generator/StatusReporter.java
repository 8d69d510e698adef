package dev.sluice.reconciler.generator;

import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.cluster.GeneratorWrites;
import dev.sluice.reconciler.publish.DriftReason;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the outcome of a run into the object's status, events, one log line and the next run. */
final class StatusReporter {

    private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);

    private final StatusPlanner planner;
    private final GeneratorWrites writes;
    private final RecentWrites<ArtifactGenerator> recentWrites;
    private final OutcomeEvents events;
    private final Requeue requeue;
    private final ProgressNotices notices;

    /** @param notices statuses of runs that are in progress */
    StatusReporter(
            StatusPlanner planner,
            GeneratorWrites writes,
            RecentWrites<ArtifactGenerator> recentWrites,
            OutcomeEvents events,
            Requeue requeue,
            ProgressNotices notices) {
        this.planner = planner;
        this.writes = writes;
        this.recentWrites = recentWrites;
        this.events = events;
        this.requeue = requeue;
        this.notices = notices;
    }

    /**
     * Logs that a run is in progress, and writes it to the status, unless a previous run has done so and waited since. A
     * run of a new spec writes it at once, because its user waits for it. Any other run writes it only if it lasts: most
     * end before anybody sees it, and the write would double their requests.
     */
    void markProgressing(ArtifactGenerator generator, DriftReason reason) throws IOException {
        if (StatusPlanner.isProgressing(generator)) {
            return;
        }
        LOG.atInfo()
                .addKeyValue("reason", reason.reason())
                .log("{}: {}", GeneratorReasons.MESSAGE_IN_PROGRESS, reason.description());
        ArtifactGeneratorStatus status = planner.progressing(generator);
        if (reason == DriftReason.GENERATION_CHANGED) {
            store(generator, status);
        } else {
            notices.begin(generator.key(), status, unwritten -> store(generator, unwritten));
        }
    }

    /** Ends what {@link #markProgressing} has begun, after a run that reports nothing. */
    void abandon(ObjectKey key) {
        notices.settle(key);
    }

    /**
     * Writes what the run is about to do with namespaces.
     *
     * @throws ApiRequestException a conflict if the generator is gone, so that nothing is done for it
     */
    void recordNamespaces(ArtifactGenerator generator, List<ArtifactInventoryEntry> added, Optional<String> objection)
            throws IOException {
        Optional<ArtifactGeneratorStatus> progressing = notices.settle(generator.key());
        ArtifactGenerator newest = recentWrites.newest(generator);
        ArtifactGeneratorStatus status =
                planner.planned(generator.withStatus(progressing.orElse(newest.status())), added, objection);
        if (!status.equals(newest.status())) {
            recentWrites.record(writes.patchStatus(newest, status)
                    .orElseThrow(() -> new ApiRequestException(
                            "record the namespaces of %s".formatted(generator.key()),
                            HttpURLConnection.HTTP_CONFLICT,
                            "it is gone")));
        }
    }

    /** Writes the status if it differs. Events and the log line follow the outcome, not the write. */
    Result report(ArtifactGenerator generator, Outcome outcome) throws IOException {
        Optional<ArtifactGeneratorStatus> progressing = notices.settle(generator.key());
        ArtifactGenerator newest = recentWrites.newest(generator);
        OutcomeLog.write(newest, outcome);
        events.emit(newest, outcome);
        if (outcome instanceof Outcome.Waiting waiting) {
            String message = waiting.conditionMessage();
            if (message != null) {
                store(newest, planner.waiting(generator.withStatus(newest.status()), message));
            } else if (progressing.isPresent()) {
                store(newest, progressing.get());
            }
            return requeue.after(newest, outcome); // the status says that the run is in progress
        }
        if (outcome instanceof Outcome.Deleted) {
            recentWrites.forget(generator.key());
            return Result.done();
        }
        // The spec may have changed during this run; report the generation and request that the run has used.
        // Conditions continue those of the run in progress, whether or not these were written.
        ArtifactGenerator reported = generator.withStatus(progressing.orElse(newest.status()));
        ArtifactGeneratorStatus status = planner.after(reported, outcome);
        try {
            store(newest, status);
        } catch (ApiRequestException e) {
            Outcome refused = StatusRefusal.of(e)
                    .map(refusal -> refusal.toOutcome(status.inventory().size()))
                    .orElseThrow(() -> e);
            return reportRefused(newest, reported, refused);
        }
        return requeue.after(newest, outcome);
    }

    /** Stores only the own conditions, because another run would produce a status of the same size. */
    private Result reportRefused(ArtifactGenerator newest, ArtifactGenerator reported, Outcome refused)
            throws IOException {
        events.emit(newest, refused);
        try {
            store(newest, planner.bare(reported, refused));
        } catch (ApiRequestException e) {
            if (StatusRefusal.of(e).isEmpty()) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("the API server rejects any status of this object");
        }
        return requeue.after(newest, refused);
    }

    private void store(ArtifactGenerator generator, ArtifactGeneratorStatus status) throws IOException {
        if (status.equals(generator.status())) {
            return;
        }
        // Clear the interrupt so that a timed-out run can write its status; the client rejects interrupted threads.
        boolean interrupted = Thread.interrupted();
        try {
            Optional<ArtifactGenerator> written = writes.patchStatus(generator, status);
            written.ifPresent(recentWrites::record);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
