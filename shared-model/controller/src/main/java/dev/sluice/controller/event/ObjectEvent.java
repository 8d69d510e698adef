package dev.sluice.controller.event;

import dev.sluice.toolkit.meta.Immutable;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import java.time.Instant;
import java.util.LinkedHashMap;
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

    private static final String OWNERS_PREFIX = "event.toolkit.fluxcd.io/";

    public ObjectEvent {
        annotations = Immutable.map(annotations);
    }

    /**
     * An event about the object as it stands. What its owner says about its events, in annotations that begin with
     * {@code event.toolkit.fluxcd.io/}, becomes part of the event.
     */
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
        return new ObjectEvent(reference, type, reason, message, time, withOwners(object, annotations));
    }

    private static Map<String, String> withOwners(KubernetesObject object, Map<String, String> annotations) {
        Map<String, String> all = new LinkedHashMap<>(annotations);
        Map<String, String> own = object.getMetadata().getAnnotations();
        if (own != null) {
            own.forEach((key, value) -> {
                if (key.startsWith(OWNERS_PREFIX)) {
                    all.put(key, value);
                }
            });
        }
        return all;
    }
}
