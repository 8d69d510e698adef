package dev.sluice.examples.release.reconcile;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventType;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.api.ProjectReleaseStatus;
import dev.sluice.examples.release.upstream.ReleaseFailure;
import dev.sluice.toolkit.meta.Annotations;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.Reasons;
import dev.sluice.toolkit.source.SourceConditionTypes;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the result of a reconciliation in the status, as an event and in the log. Only this class creates conditions.
 */
final class StatusReporter {

    private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);
    private static final ProjectReleaseStatus NONE = new ProjectReleaseStatus(List.of(), null, null, null, null);

    private final ReleaseObjects objects;
    private final EventRecorder events;
    private final Clock clock;

    StatusReporter(ReleaseObjects objects, EventRecorder events, Clock clock) {
        this.objects = objects;
        this.events = events;
        this.clock = clock;
    }

    /** @param verified the signature that was verified in this run; empty keeps the result of an earlier run */
    void ready(ProjectRelease release, Digest upstream, Artifact artifact, Optional<String> verified)
            throws IOException {
        String message = "stored artifact for revision " + artifact.revision();
        ProjectReleaseStatus before = statusOf(release);
        V1Condition ready = condition(release, ConditionTypes.READY, Conditions.TRUE, Reasons.SUCCEEDED, message);
        objects.writeStatus(
                release,
                new ProjectReleaseStatus(
                        withSignature(release, List.of(ready), verified.map(what -> verified(release, what))),
                        release.generation(),
                        upstream.toString(),
                        artifact.revision(),
                        requestOf(release)));
        if (!artifact.revision().equals(before.revision())) {
            LOG.atInfo().addKeyValue("revision", artifact.revision()).log("Published");
            events.record(release, EventType.NORMAL, "NewArtifact", message);
        }
    }

    /** Reports a failure; the published artifact stays in the status. */
    void failed(ProjectRelease release, ReleaseFailure failure) throws IOException {
        String reason = failure.reason().text();
        String message = String.valueOf(failure.getMessage());
        V1Condition ready = condition(release, ConditionTypes.READY, Conditions.FALSE, reason, message);
        List<V1Condition> conditions = failure.isTerminal()
                ? List.of(ready, condition(release, ConditionTypes.STALLED, Conditions.TRUE, reason, message))
                : List.of(ready);
        Optional<V1Condition> unverified = failure.reason() == ReleaseFailure.Reason.SIGNATURE_INVALID
                ? Optional.of(
                        condition(release, SourceConditionTypes.SOURCE_VERIFIED, Conditions.FALSE, reason, message))
                : Optional.empty();
        ProjectReleaseStatus before = statusOf(release);
        objects.writeStatus(
                release,
                new ProjectReleaseStatus(
                        withSignature(release, conditions, unverified),
                        before.observedGeneration(),
                        before.upstreamDigest(),
                        before.revision(),
                        requestOf(release)));
        events.record(release, EventType.WARNING, reason, message);
    }

    private V1Condition verified(ProjectRelease release, String what) {
        return condition(release, SourceConditionTypes.SOURCE_VERIFIED, Conditions.TRUE, Reasons.SUCCEEDED, what);
    }

    /** Returns the new or the previous SourceVerified condition; none if the release requires no signature. */
    private static List<V1Condition> withSignature(
            ProjectRelease release, List<V1Condition> conditions, Optional<V1Condition> now) {
        List<V1Condition> all = new ArrayList<>(conditions);
        if (release.spec().verify() != null) {
            now.or(() -> release.conditions().stream()
                            .filter(condition -> SourceConditionTypes.SOURCE_VERIFIED.equals(condition.getType()))
                            .findFirst())
                    .ifPresent(all::add);
        }
        return all;
    }

    private V1Condition condition(ProjectRelease release, String type, String status, String reason, String message) {
        return Conditions.next(release.conditions(), type, status, reason, message, release.generation(), clock);
    }

    private static ProjectReleaseStatus statusOf(ProjectRelease release) {
        return release.status() == null ? NONE : release.status();
    }

    private static @Nullable String requestOf(ProjectRelease release) {
        Map<String, String> annotations = release.metadata().getAnnotations();
        return annotations == null ? null : annotations.get(Annotations.RECONCILE_REQUESTED_AT);
    }
}
