package dev.sluice.kubeapi.status;

import dev.sluice.kubeapi.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** The object of a failure, by resource (for failed operations) and by kind (for invalid objects). */
public record Target(String group, String resource, String kind, String name) {

    String shown() {
        String qualified = group.isEmpty() ? resource : resource + "." + group;
        return name.isEmpty() ? qualified : qualified + " " + Cause.quote(name);
    }

    String kindShown() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    ObjectNode details() {
        return details(resource);
    }

    ObjectNode kindDetails() {
        return details(kind);
    }

    private ObjectNode details(String kindOrResource) {
        ObjectNode details = Json.object();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        return details.put("kind", kindOrResource);
    }
}
