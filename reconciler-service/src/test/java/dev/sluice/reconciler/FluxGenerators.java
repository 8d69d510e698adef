package dev.sluice.reconciler;

import dev.sluice.toolkit.meta.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** The generators in {@code flux-2.10-generators.yaml}, which use every field of Flux 2.10. */
public final class FluxGenerators {

    private FluxGenerators() {}

    /** A generator. */
    public record Example(Map<String, Object> manifest) {

        @SuppressWarnings("unchecked")
        private Map<String, Object> metadata() {
            return (Map<String, Object>) Objects.requireNonNull(manifest.get("metadata"));
        }

        public String name() {
            return (String) Objects.requireNonNull(metadata().get("name"));
        }

        /** The spec with the types of {@link JsonValue#toJava}. */
        public @Nullable Object spec() {
            return JsonValue.of(manifest.get("spec")).toJava();
        }

        /** The manifest as JSON. */
        public String inNamespace(String namespace) {
            Map<String, Object> metadata = new HashMap<>(metadata());
            metadata.put("namespace", namespace);
            Map<String, Object> placed = new HashMap<>(manifest);
            placed.put("metadata", metadata);
            return JsonValue.of(placed).json();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    public static List<Example> read() throws IOException {
        List<Example> examples = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(FluxGenerators.class.getResourceAsStream("flux-2.10-generators.yaml"))) {
            for (Object manifest : new Yaml().loadAll(in)) {
                @SuppressWarnings("unchecked")
                Map<String, Object> map = (Map<String, Object>) manifest;
                examples.add(new Example(map));
            }
        }
        return examples;
    }
}
