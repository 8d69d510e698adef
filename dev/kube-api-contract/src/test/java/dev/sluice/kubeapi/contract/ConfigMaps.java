package dev.sluice.kubeapi.contract;

/** Creates the bodies of ConfigMaps. */
final class ConfigMaps {

    private ConfigMaps() {}

    static String named(String name) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                """.formatted(name);
    }

    static String labelled(String name, String labels) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, labels: %s}
                """.formatted(name, labels);
    }

    static String holding(String name, String data) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data: %s
                """.formatted(name, data);
    }
}
