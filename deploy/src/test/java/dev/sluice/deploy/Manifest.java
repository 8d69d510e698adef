package dev.sluice.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A Kubernetes object rendered by the chart. */
record Manifest(Map<String, Object> object) {

    static List<Manifest> parse(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Manifest> manifests = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
            if (document != null) {
                manifests.add(new Manifest(map(document)));
            }
        }
        return manifests;
    }

    static String toYaml(List<Manifest> manifests) {
        return new Yaml().dumpAll(manifests.stream().map(Manifest::object).iterator());
    }

    String kind() {
        return text("kind");
    }

    String name() {
        return text("metadata", "name");
    }

    /** Returns the value at a path of keys and list indexes; fails if there is none. */
    Object at(Object... path) {
        Object value = object;
        for (Object step : path) {
            Object next = step instanceof Integer index
                    ? list(value).get(index)
                    : map(value).get(step);
            if (next == null) {
                throw new AssertionError("%s has no %s".formatted(this, List.of(path)));
            }
            value = next;
        }
        return value;
    }

    boolean has(String... path) {
        Object value = object;
        for (String step : path) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return value != null;
    }

    String text(Object... path) {
        return String.valueOf(at(path));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<String> strings(Object value) {
        return (List<String>) value;
    }

    @Override
    public String toString() {
        return object.get("kind") + "/"
                + map(object.getOrDefault("metadata", Map.of())).get("name");
    }
}
