package dev.sluice.controller.event;

import dev.sluice.toolkit.meta.Immutable;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to an object.
 *
 * @param object never changed by anybody: a copy of what identifies it
 * @param annotations for the notification-controller: facts such as the revision
 */
public record ObjectEvent(
        V1ObjectReference object,
        EventType type,
        String reason,
        String message,
        Instant time,
        Map<String, String> annotations) {

    public ObjectEvent {
        annotations = Immutable.map(annotations);
    }

    /** An event about the object as it stands. */
    public static ObjectEvent about(
            KubernetesObject object,
            EventType type,
            String reason,
            String message,
            Instant time,
            Map<String, String> annotations) {
        V1ObjectReference reference = new V1ObjectReference()
                .apiVersion(object.getApiVersion())
                .kind(object.getKind())
                .namespace(object.getMetadata().getNamespace())
                .name(object.getMetadata().getName())
                .uid(object.getMetadata().getUid())
                .resourceVersion(object.getMetadata().getResourceVersion());
        return new ObjectEvent(reference, type, reason, message, time, annotations);
    }
}
