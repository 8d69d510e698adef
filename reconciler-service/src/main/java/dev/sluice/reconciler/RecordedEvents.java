package dev.sluice.reconciler;

import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.event.EventType;
import dev.sluice.reconciler.generator.GeneratorEvents;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.EventAction;
import io.kubernetes.client.common.KubernetesObject;
import java.util.Map;

/** Forwards the events of generators to the recorder, which delivers them asynchronously. */
record RecordedEvents(EventRecorder recorder) implements GeneratorEvents {

    @Override
    public void warning(ArtifactGenerator generator, String reason, String message) {
        warn(generator, reason, message);
    }

    @Override
    public void warning(KubernetesObject object, String reason, String message) {
        warn(object, reason, message);
    }

    private void warn(KubernetesObject object, String reason, String message) {
        String action = EventActions.ofWarning(reason, message).value();
        recorder.record(object, EventType.WARNING, action, reason, message, Map.of());
    }

    @Override
    public void normal(ArtifactGenerator generator, String reason, String message, Map<String, String> metadata) {
        recorder.record(generator, EventType.NORMAL, EventAction.PUBLISH.value(), reason, message, metadata);
    }

    @Override
    public void trace(ArtifactGenerator generator, String reason, String message) {
        recorder.record(generator, EventType.TRACE, reason, message);
    }
}
