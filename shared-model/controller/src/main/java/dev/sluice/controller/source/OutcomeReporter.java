package dev.sluice.controller.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventType;
import dev.sluice.controller.event.ObjectEvent;
import dev.sluice.controller.object.StatusExtras;
import dev.sluice.controller.object.StatusWriter;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.Reasons;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the result of a reconciliation in the status, as an event and in the log. */
record OutcomeReporter<T extends ToolkitObject<?, ?>>(ApiKind kind, StatusWriter<T> statuses, EventRecorder events) {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeReporter.class);
    private static final String NEW_ARTIFACT = "NewArtifact";

    /** Reports the start of a run for a new generation; later runs of the same generation are not announced. */
    T progressing(T object) throws IOException {
        boolean isNew = Conditions.find(object.conditions(), ConditionTypes.READY)
                .map(V1Condition::getObservedGeneration)
                .filter(observed -> observed.equals(object.metadata().getGeneration()))
                .isEmpty();
        return isNew ? statuses.progressing(object, "building the artifact").orElse(object) : object;
    }

    /**
     * What a run has changed.
     *
     * @param before the artifact that was published before the run
     * @param hadFailed whether Ready was False before the run
     */
    record Change(Optional<Artifact> before, Artifact now, boolean hadFailed) {

        private boolean isNew() {
            return before.filter(artifact -> Objects.equals(artifact.digest(), now.digest()))
                    .isEmpty();
        }
    }

    /** As Flux's source-controller: an event for another digest, and one for a recovery with the same digest. */
    void ready(Change change, T object, StatusExtras extras) throws IOException {
        String revision = change.now().revision();
        String message = "stored artifact for revision " + revision;
        statuses.ready(object, message, extras);
        if (change.isNew()) {
            LOG.atInfo().addKeyValue("revision", revision).log("published");
            succeeded(object, NEW_ARTIFACT, message, revision);
        } else if (change.hadFailed()) {
            LOG.atInfo().addKeyValue("revision", revision).log("recovered");
            succeeded(object, Reasons.SUCCEEDED, message, revision);
        }
    }

    private void succeeded(T object, String reason, String message, String revision) {
        events.record(
                object,
                EventType.NORMAL,
                ObjectEvent.RECONCILE,
                reason,
                message,
                Map.of(kind.group() + "/revision", revision));
    }

    /** Reports a failure; the published artifact stays. */
    void failed(T object, BuildFailure failure) throws IOException {
        if (failure.isStalled()) {
            statuses.stalled(object, failure.reason(), failure.message(), failure.status());
        } else {
            statuses.failed(object, failure.reason(), failure.message(), failure.status());
        }
        events.record(object, EventType.WARNING, failure.reason(), failure.message());
    }
}
