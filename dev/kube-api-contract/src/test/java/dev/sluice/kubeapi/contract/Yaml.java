package dev.sluice.kubeapi.contract;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Converts the readable YAML bodies of tests. */
final class Yaml {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private Yaml() {}

    static String toJson(String yaml) {
        return JSON.writeValueAsString(load(yaml));
    }

    static JsonNode toTree(String yaml) {
        return JSON.valueToTree(load(yaml));
    }

    private static Object load(String yaml) {
        return new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    }
}
