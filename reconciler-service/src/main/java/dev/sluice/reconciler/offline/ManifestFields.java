package dev.sluice.reconciler.offline;

import dev.sluice.reconciler.yaml.YamlValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a map in a manifest; knows its place in it, for messages. */
final class ManifestFields {

    private final String place;
    private final Map<String, @Nullable Object> values;

    private ManifestFields(String place, Map<String, @Nullable Object> values) {
        this.place = place;
        this.values = values;
    }

    static ManifestFields of(Map<String, @Nullable Object> document) {
        return new ManifestFields("", document);
    }

    /** The API server drops unknown fields; here they are most likely typing errors. */
    void allowOnly(Set<String> known) throws OfflineException {
        for (String field : values.keySet()) {
            if (!known.contains(field)) {
                throw new OfflineException("%s is not a field of an ArtifactGenerator".formatted(path(field)));
            }
        }
    }

    String required(String field) throws OfflineException {
        String text = optional(field);
        if (text == null || text.isEmpty()) {
            throw new OfflineException("%s is required".formatted(path(field)));
        }
        return text;
    }

    @Nullable
    String optional(String field) throws OfflineException {
        Object value = values.get(field);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new OfflineException("%s must be text, not \"%s\"; put it in quotes".formatted(path(field), value));
    }

    @Nullable
    Boolean optionalBoolean(String field) throws OfflineException {
        Object value = values.get(field);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        throw new OfflineException("%s must be true or false, not \"%s\"".formatted(path(field), value));
    }

    /** The fields of a map; none if it is absent. */
    ManifestFields map(String field) throws OfflineException {
        Object value = values.get(field);
        if (value == null) {
            return new ManifestFields(path(field), Map.of());
        }
        return fields(path(field), value);
    }

    List<ManifestFields> maps(String field) throws OfflineException {
        List<ManifestFields> maps = new ArrayList<>();
        for (Object item : list(field)) {
            maps.add(fields("%s[%d]".formatted(path(field), maps.size()), item));
        }
        return maps;
    }

    List<String> texts(String field) throws OfflineException {
        List<String> texts = new ArrayList<>();
        for (Object item : list(field)) {
            if (!(item instanceof String text)) {
                throw new OfflineException(
                        "%s[%d] must be text; put it in quotes".formatted(path(field), texts.size()));
            }
            texts.add(text);
        }
        return texts;
    }

    Map<String, String> textMap(String field) throws OfflineException {
        ManifestFields map = map(field);
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : map.values.keySet()) {
            String text = map.optional(key);
            texts.put(key, text == null ? "" : text);
        }
        return texts;
    }

    private List<?> list(String field) throws OfflineException {
        Object value = values.get(field);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new OfflineException("%s must be a list".formatted(path(field)));
    }

    private static ManifestFields fields(String place, @Nullable Object value) throws OfflineException {
        if (value instanceof Map<?, ?>) {
            return new ManifestFields(place, YamlValues.map(value));
        }
        throw new OfflineException("%s must be a map".formatted(place));
    }

    String path(String field) {
        return place.isEmpty() ? field : place + "." + field;
    }
}
