package dev.sluice.hostile.arena;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The spec of an ArtifactGenerator in the making. */
public final class Spec {

    private final List<Map<String, Object>> sources = new ArrayList<>();
    private final List<Map<String, Object>> artifacts = new ArrayList<>();
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private Spec() {
        fields.put("sources", sources);
        fields.put("artifacts", artifacts);
    }

    /** Takes from GitRepositories, each under its own name. */
    public static Spec from(String... names) {
        Spec spec = new Spec();
        for (String name : names) {
            spec.source(name, Kind.GIT_REPOSITORY, name);
        }
        return spec;
    }

    public Spec source(String alias, Kind kind, String name) {
        sources.add(new LinkedHashMap<>(Map.of("alias", alias, "kind", kind.text(), "name", name)));
        return this;
    }

    /** Puts the last source into another namespace. */
    public Spec in(String namespace) {
        sources.get(sources.size() - 1).put("namespace", namespace);
        return this;
    }

    public Spec artifact(String name, List<Map<String, Object>> copy) {
        artifacts.add(new LinkedHashMap<>(Map.of("name", name, "copy", copy)));
        return this;
    }

    public Spec artifact(String name, String from) {
        return artifact(name, List.of(copy(from, "@artifact/")));
    }

    public Spec with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    public static Map<String, Object> copy(String from, String to) {
        return new LinkedHashMap<>(Map.of("from", from, "to", to));
    }

    public static Map<String, Object> copy(String from, String to, String strategy) {
        Map<String, Object> copy = copy(from, to);
        copy.put("strategy", strategy);
        return copy;
    }

    Map<String, Object> fields() {
        return fields;
    }
}
