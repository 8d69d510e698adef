package dev.sluice.kubeapi.discovery;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.resource.ResourceNames;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The discovery documents: API versions, groups and their resources. */
final class Discovery {

    private static final List<String> STATUS = List.of("get", "patch", "update");
    private static final List<String> ALL = List.of("create", "delete", "get", "list", "patch", "update", "watch");

    private final ResourceRegistry registry;

    Discovery(ResourceRegistry registry) {
        this.registry = registry;
    }

    ObjectNode coreVersions(String address) {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", address);
        return versions;
    }

    ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        registry.groups().forEach(name -> groups.add(describe(name)));
        return list;
    }

    /** Returns empty if the group is not served. */
    Optional<ObjectNode> group(String name) {
        if (name.isEmpty() || registry.versions(name).isEmpty()) {
            return Optional.empty();
        }
        ObjectNode group = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
        group.setAll(describe(name));
        return Optional.of(group);
    }

    private ObjectNode describe(String name) {
        ObjectNode group = Json.object().put("name", name);
        List<String> names = registry.versions(name);
        ArrayNode versions = group.putArray("versions");
        names.forEach(version -> versions.add(version(name, version)));
        group.set("preferredVersion", version(name, names.get(0)));
        return group;
    }

    private static ObjectNode version(String group, String version) {
        return Json.object().put("groupVersion", group + "/" + version).put("version", version);
    }

    /** Returns empty if the version is not served. */
    Optional<ObjectNode> resources(String group, String version) {
        List<Endpoint> endpoints = registry.in(group, version);
        if (endpoints.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode list = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        endpoints.forEach(endpoint -> describe(endpoint, resources));
        return Optional.of(list);
    }

    private static void describe(Endpoint endpoint, ArrayNode resources) {
        ResourceNames names = endpoint.resource().names();
        ObjectNode resource = describe(names.plural(), names.singular(), endpoint, resources);
        resource.set("verbs", strings(ALL));
        resource.set("shortNames", strings(names.shortNames()));
        resource.set("categories", strings(names.categories()));
        if (endpoint.version().status()) {
            describe(names.plural() + "/status", "", endpoint, resources).set("verbs", strings(STATUS));
        }
    }

    private static ObjectNode describe(String name, String singular, Endpoint endpoint, ArrayNode resources) {
        return resources
                .addObject()
                .put("name", name)
                .put("singularName", singular)
                .put("namespaced", endpoint.resource().namespaced())
                .put("kind", endpoint.kind());
    }

    private static ArrayNode strings(List<String> values) {
        ArrayNode array = Json.array();
        values.forEach(array::add);
        return array;
    }
}
