package dev.sluice.kubeapi.openapi;

import dev.sluice.kubeapi.resource.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What schemas are called in {@code components}: as Kubernetes names its Go types. */
final class SchemaNames {

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String CORE = "io.k8s.api.core.v1.";
    private static final String EXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

    private static final Map<String, String> SHARED = Map.of(
            "ObjectMeta", META,
            "OwnerReference", META,
            "ManagedFieldsEntry", META,
            "ListMeta", META,
            "ObjectReference", CORE,
            "LocalObjectReference", CORE,
            "EventSource", CORE,
            "CustomResourceDefinitionNames", EXTENSIONS,
            "JSONSchemaProps", EXTENSIONS);

    private static final Map<String, String> BUILT_IN_GROUPS = Map.of(
            "",
            CORE,
            "apiextensions.k8s.io",
            EXTENSIONS,
            "coordination.k8s.io",
            "io.k8s.api.coordination.v1.",
            "events.k8s.io",
            "io.k8s.api.events.v1.");

    private SchemaNames() {}

    static String shared(String type) {
        return SHARED.getOrDefault(type, CORE) + type;
    }

    static List<String> sharedTypes() {
        return List.copyOf(SHARED.keySet());
    }

    static String of(Endpoint endpoint) {
        return prefix(endpoint) + endpoint.kind();
    }

    static String ofList(Endpoint endpoint) {
        return prefix(endpoint) + endpoint.resource().names().listKind();
    }

    private static String prefix(Endpoint endpoint) {
        String group = endpoint.resource().group();
        if (!endpoint.resource().custom()) {
            return BUILT_IN_GROUPS.getOrDefault(group, group + ".");
        }
        List<String> parts = new ArrayList<>(Arrays.asList(group.split("\\.", -1)));
        Collections.reverse(parts);
        return String.join(".", parts) + "." + endpoint.version().name() + ".";
    }
}
