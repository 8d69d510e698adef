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

    /** In code points: what the notification-controller takes. */
    static final int MAX_MESSAGE = 39_000;

    /** Of the value of one annotation, and of all: the API server takes 256 KiB. */
    static final int MAX_ANNOTATION = 4_096;

    static final int MAX_ANNOTATIONS = 32_768;

    private static final String OWNERS_PREFIX = "event.toolkit.fluxcd.io/";
    private static final long FIXED_BYTES = 512;

    /** Cuts a message that is longer than an event may be; annotations that are too long or too many are left out. */
    public ObjectEvent {
        message = cut(message, MAX_MESSAGE);
        annotations = Immutable.map(bounded(annotations));
    }

    /** About what it takes of the heap, besides what all events take. */
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

    /** The text, or its beginning, in at most so many code points. */
    static String cut(String text, int codePoints) {
        return text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints - 1)) + "…";
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
