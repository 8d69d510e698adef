package dev.sluice.kubeapi.discovery;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.resource.ResourceNames;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All groups with all their resources in one document: {@code apidiscovery.k8s.io/v2}. */
final class AggregatedDiscovery {

    private final ResourceRegistry registry;

    AggregatedDiscovery(ResourceRegistry registry) {
        this.registry = registry;
    }

    ObjectNode core() {
        return list(List.of(""));
    }

    ObjectNode groups() {
        return list(registry.groups());
    }

    private ObjectNode list(List<String> groups) {
        ObjectNode list =
                Json.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        groups.forEach(group -> group(group, items.addObject()));
        return list;
    }

    private void group(String name, ObjectNode group) {
        ObjectNode metadata = group.putObject("metadata").putNull("creationTimestamp");
        if (!name.isEmpty()) {
            metadata.put("name", name);
        }
        ArrayNode versions = group.putArray("versions");
        for (String version : registry.versions(name)) {
            ObjectNode described = versions.addObject().put("version", version);
            ArrayNode resources = described.putArray("resources");
            registry.in(name, version).forEach(endpoint -> resource(endpoint, resources.addObject()));
            described.put("freshness", "Current");
        }
    }

    private static void resource(Endpoint endpoint, ObjectNode node) {
        ResourceNames names = endpoint.resource().names();
        node.put("resource", names.plural());
        node.set("responseKind", kind(endpoint));
        node.put("scope", endpoint.resource().namespaced() ? "Namespaced" : "Cluster");
        node.put("singularResource", names.singular());
        Strings.into(node.putArray("verbs"), ServedVerbs.of(endpoint));
        if (!names.shortNames().isEmpty()) {
            Strings.into(node.putArray("shortNames"), names.shortNames());
        }
        if (!names.categories().isEmpty()) {
            Strings.into(node.putArray("categories"), names.categories());
        }
        if (endpoint.version().status()) {
            ObjectNode status = node.putArray("subresources").addObject().put("subresource", "status");
            status.set("responseKind", kind(endpoint));
            Strings.into(status.putArray("verbs"), ServedVerbs.STATUS);
        }
    }

    private static ObjectNode kind(Endpoint endpoint) {
        return Json.object()
                .put("group", endpoint.resource().group())
                .put("version", endpoint.version().name())
                .put("kind", endpoint.kind());
    }
}
