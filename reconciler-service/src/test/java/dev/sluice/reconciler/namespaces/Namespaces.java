package dev.sluice.reconciler.namespaces;

import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Namespaces as an API server could have them. */
final class Namespaces {

    static final String OWN = "uid-own";
    static final String GENERATOR = "source.extensions.fluxcd.io/generator";
    static final String CREATED_BY = "sluice.dev/created-by";
    static final String ADOPTED_BY = "sluice.dev/adopted-by";

    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private final List<V1ManagedFieldsEntry> managers = new ArrayList<>();
    private boolean terminating;

    static Namespaces namespace() {
        return new Namespaces();
    }

    static Namespaces own() {
        return namespace()
                .label(GENERATOR, OWN)
                .manager("source-watcher", "Apply", Map.of("labels", List.of(GENERATOR)));
    }

    /** One of this generator, with an annotation of the controller about its origin. */
    static Namespaces own(String origin, String uid) {
        return namespace()
                .label(GENERATOR, OWN)
                .annotation(origin, uid)
                .manager(
                        "source-watcher",
                        "Apply",
                        Map.of("labels", List.of(GENERATOR), "annotations", List.of(origin)));
    }

    /** Somebody has removed the label; the annotations stay the controller's. */
    Namespaces withoutLabel() {
        labels.remove(GENERATOR);
        managers.clear();
        return manager("source-watcher", "Apply", Map.of("annotations", List.copyOf(annotations.keySet())));
    }

    /** Somebody has changed the label. */
    Namespaces labelOfOthers(String uid) {
        return withoutLabel().label(GENERATOR, uid);
    }

    Namespaces label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    Namespaces annotation(String key, String value) {
        annotations.put(key, value);
        return this;
    }

    Namespaces control(String key, String value) {
        return annotation("source.extensions.fluxcd.io/" + key, value);
    }

    Namespaces terminating() {
        terminating = true;
        return this;
    }

    Namespaces manager(String name, String operation, Map<String, List<String>> fields) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        fields.forEach((field, keys) -> {
            Map<String, Object> owned = new LinkedHashMap<>(Map.of(".", Map.of()));
            keys.forEach(key -> owned.put("f:" + key, Map.of()));
            metadata.put("f:" + field, owned);
        });
        managers.add(
                new V1ManagedFieldsEntry().manager(name).operation(operation).fieldsV1(Map.of("f:metadata", metadata)));
        return this;
    }

    V1ObjectMeta metadata() {
        return new V1ObjectMeta()
                .name("tenant")
                .uid("uid-of-namespace")
                .labels(labels)
                .annotations(annotations)
                .managedFields(managers)
                .deletionTimestamp(terminating ? OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC) : null);
    }

    NamespaceState state() {
        return new NamespaceState(metadata());
    }
}
