package dev.sluice.kubeapi.resource;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.Target;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource with all its served versions, the preferred version first.
 *
 * @param storageName the name in the store; two groups can share objects
 * @param custom whether the resource comes from a CRD
 * @param closed whether nothing can be created, because the CRD is being deleted
 */
public record Resource(
        String group,
        ResourceNames names,
        boolean namespaced,
        boolean custom,
        boolean closed,
        String storageName,
        Behaviour behaviour,
        List<ServedVersion> versions) {

    public Resource {
        versions = List.copyOf(versions);
    }

    public static String qualified(String plural, String group) {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    public Optional<ServedVersion> version(String name) {
        return versions.stream().filter(v -> v.name().equals(name)).findFirst();
    }

    public String apiVersion(ServedVersion version) {
        return group.isEmpty() ? version.name() : group + "/" + version.name();
    }

    public Target target(String name) {
        return new Target(group, names.plural(), names.kind(), name);
    }

    /** Returns a list of this kind without items. */
    public ObjectNode emptyList(ServedVersion version) {
        ObjectNode list = Json.object().put("apiVersion", apiVersion(version)).put("kind", names.listKind());
        list.putObject("metadata");
        return list;
    }
}
