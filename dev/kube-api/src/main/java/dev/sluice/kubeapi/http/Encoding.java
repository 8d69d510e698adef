package dev.sluice.kubeapi.http;

import dev.sluice.kubeapi.json.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How an answer is written. */
public enum Encoding {
    JSON("application/json"),
    YAML("application/yaml");

    public static final String OFFERED = "application/json, application/yaml";

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    public static Optional<Encoding> of(Accept.Range range) {
        return range.isJson() ? Optional.of(JSON) : range.isYaml() ? Optional.of(YAML) : Optional.empty();
    }

    public byte[] bytes(JsonNode tree) {
        return this == JSON ? Json.bytes(tree) : Json.yamlBytes(tree);
    }
}
