package dev.sluice.hostile.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the spec of an ArtifactGenerator. */
public final class GeneratorSpec {

    private final List<Map<String, Object>> sources = new ArrayList<>();
    private final List<Map<String, Object>> artifacts = new ArrayList<>();
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private GeneratorSpec() {
        fields.put("sources", sources);
        fields.put("artifacts", artifacts);
    }

    /** Uses these GitRepositories as sources; the aliases are their names. */
    public static GeneratorSpec from(String... names) {
        GeneratorSpec spec = new GeneratorSpec();
        for (String name : names) {
            spec.source(name, ResourceKind.GIT_REPOSITORY, name);
        }
        return spec;
    }

    public GeneratorSpec source(String alias, ResourceKind kind, String name) {
        sources.add(new LinkedHashMap<>(Map.of("alias", alias, "kind", kind.text(), "name", name)));
        return this;
    }

    /** Sets the namespace of the source that was added last. */
    public GeneratorSpec in(String namespace) {
        sources.get(sources.size() - 1).put("namespace", namespace);
        return this;
    }

    public GeneratorSpec artifact(String name, List<Map<String, Object>> copy) {
        artifacts.add(new LinkedHashMap<>(Map.of("name", name, "copy", copy)));
        return this;
    }

    public GeneratorSpec artifact(String name, String from) {
        return artifact(name, List.of(copy(from, "@artifact/")));
    }

    /** Sets a field of the artifact that was added last. */
    public GeneratorSpec artifactField(String field, Object value) {
        artifacts.get(artifacts.size() - 1).put(field, value);
        return this;
    }

    public GeneratorSpec with(String field, Object value) {
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
