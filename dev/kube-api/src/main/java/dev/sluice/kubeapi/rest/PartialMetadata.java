package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Objects without anything but their metadata. */
final class PartialMetadata {

    private static final String API_VERSION = "meta.k8s.io/v1";

    private PartialMetadata() {}

    static ObjectNode of(ObjectNode tree) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", API_VERSION);
        partial.set("metadata", Json.objectAt(tree, "metadata"));
        return partial;
    }

    static ObjectNode emptyList() {
        ObjectNode list = Json.object().put("kind", "PartialObjectMetadataList").put("apiVersion", API_VERSION);
        list.putObject("metadata");
        return list;
    }
}
