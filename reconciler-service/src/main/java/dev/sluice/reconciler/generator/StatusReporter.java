package dev.sluice.reconciler.generator;

import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.cluster.GeneratorWrites;
import dev.sluice.reconciler.publish.DriftReason;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the outcome of a run into the object's status, events, one log line and the time of the next run. */
final class StatusReporter {

    private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);

    private final StatusPlanner planner;
    private final GeneratorWrites writes;
    private final RecentWrites<ArtifactGenerator> recentWrites;
    private final OutcomeEvents events;
    private final Requeue requeue;

    StatusReporter(
            StatusPlanner planner,
            GeneratorWrites writes,
            RecentWrites<ArtifactGenerator> recentWrites,
            OutcomeEvents events,
            Requeue requeue) {
        this.planner = planner;
        this.writes = writes;
        this.recentWrites = recentWrites;
        this.events = events;
        this.requeue = requeue;
    }

    /** Stores and logs that a run builds, unless it has said so before: a run that waited goes on. */
    void markProgressing(ArtifactGenerator generator, DriftReason reason) throws IOException {
        if (!StatusPlanner.isProgressing(generator)) {
            LOG.atInfo()
                    .addKeyValue("reason", reason.reason())
                    .log("{}: {}", GeneratorReasons.MESSAGE_IN_PROGRESS, reason.description());
            store(generator, planner.progressing(generator));
        }
    }

    /** Writes the status when it differs; the events and the log line follow the outcome, not the write. */
    Result report(ArtifactGenerator generator, Outcome outcome) throws IOException {
        ArtifactGenerator newest = recentWrites.newest(generator);
        OutcomeLog.write(newest, outcome);
        events.emit(newest, outcome);
        if (outcome instanceof Outcome.Waiting waiting) {
            if (waiting.told() != null) {
                store(newest, planner.waiting(generator.withStatus(newest.status()), waiting.told()));
            }
            return requeue.after(outcome); // it says already that it is in progress
        }
        if (outcome instanceof Outcome.Deleted) {
            recentWrites.forget(generator.key());
            return Result.done();
        }
        // The spec may have moved on while this run was under way: generation and request are those that it worked on.
        ArtifactGenerator reported = generator.withStatus(newest.status());
        ArtifactGeneratorStatus status = planner.after(reported, outcome);
        try {
            store(newest, status);
        } catch (ApiRequestException e) {
            Outcome refused = StatusRefusal.of(e)
                    .map(refusal -> refusal.toOutcome(status.inventory().size()))
                    .orElseThrow(() -> e);
            return reportRefused(newest, reported, refused);
        }
        return requeue.after(outcome);
    }

    /** To build all of it again and again would not make it smaller: what is stored is our conditions and nothing else. */
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
                    .log("the API server takes no status of this object at all");
        }
        return requeue.after(refused);
    }

    private void store(ArtifactGenerator generator, ArtifactGeneratorStatus status) throws IOException {
        if (status.equals(generator.status())) {
            return;
        }
        // A run whose time is up still says so: the client refuses to talk on an interrupted thread.
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
