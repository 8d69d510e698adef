package dev.sluice.controller.event;

import dev.sluice.toolkit.meta.Immutable;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event about an object.
 *
 * @param object reference to the object, a copy that must not be modified
 * @param action the stage of the run that the event is about, for the notification-controller
 * @param annotations metadata for the notification-controller, such as the revision
 */
public record ObjectEvent(
        V1ObjectReference object,
        EventType type,
        String action,
        String reason,
        String message,
        Instant time,
        Map<String, String> annotations) {

    /** The action of an event about the outcome of a run. */
    public static final String RECONCILE = "Reconcile";

    /** In code points: the limit of the notification-controller. */
    static final int MAX_MESSAGE = 39_000;

    /** Limits for one annotation value and, below, for all annotations; the API server accepts 256 KiB. */
    static final int MAX_ANNOTATION = 4_096;

    static final int MAX_ANNOTATIONS = 32_768;

    private static final String OWNERS_PREFIX = "event.toolkit.fluxcd.io/";
    private static final long FIXED_BYTES = 512;

    /** Truncates a message that is too long; omits annotations that exceed the limits. */
    public ObjectEvent {
        message = cut(message, MAX_MESSAGE);
        annotations = Immutable.map(bounded(annotations));
    }

    /** Approximate heap size. */
    long bytes() {
        long bytes = FIXED_BYTES + message.length();
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            bytes += annotation.getKey().length() + annotation.getValue().length();
        }
        return bytes;
    }

    private static Map<String, String> bounded(Map<String, String> annotations) {
        Map<String, String> bounded = new LinkedHashMap<>();
        int length = 0;
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            String value = annotation.getValue();
            int with = length + annotation.getKey().length() + value.length();
            if (value.length() <= MAX_ANNOTATION && with <= MAX_ANNOTATIONS) {
                bounded.put(annotation.getKey(), value);
                length = with;
            }
        }
        return bounded;
    }

    /** Returns the text, truncated to at most this many code points. */
    static String cut(String text, int codePoints) {
        return text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints - 1)) + "…";
    }

    /**
     * Creates an event about the current object. The object's annotations that begin with {@code
     * event.toolkit.fluxcd.io/} become annotations of the event.
     */
    public static ObjectEvent about(
            KubernetesObject object,
            EventType type,
            String action,
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
        return new ObjectEvent(reference, type, action, reason, message, time, withOwners(object, annotations));
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
