package dev.sluice.test;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the spec of a definition with the stored one, to which the API server adds defaults. */
final class SpecDifference {

    /** Keywords of a schema with a meaning of their own for false, zero and empty values. */
    private static final Set<String> EXACT = Set.of(
            "default",
            "enum",
            "example",
            "minimum",
            "maximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties");

    private static final String SCHEMA = ".schema";

    private SpecDifference() {}

    /**
     * Returns the path of the first difference. Empty values and absent ones are the same, because the API server omits
     * them, except those of keywords such as {@code default} and {@code minimum}.
     */
    static Optional<String> between(String path, JsonElement wanted, @Nullable JsonElement stored) {
        if (isEmpty(wanted) && isEmpty(stored)) {
            return Optional.empty();
        }
        if (wanted instanceof JsonObject fields && stored instanceof JsonObject storedFields) {
            return inObject(path, fields, storedFields);
        }
        if (wanted instanceof JsonArray list && stored instanceof JsonArray storedList) {
            return inList(path, list, storedList);
        }
        return Objects.equals(wanted, stored) ? Optional.empty() : Optional.of(path);
    }

    private static Optional<String> inObject(String path, JsonObject wanted, JsonObject stored) {
        Set<String> names = new LinkedHashSet<>(wanted.keySet());
        if (path.contains(SCHEMA)) {
            names.addAll(stored.keySet()); // has no defaults
        }
        for (String name : names) {
            Optional<String> difference = inField(path, name, wanted.get(name), stored.get(name));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inField(
            String path, String name, @Nullable JsonElement wanted, @Nullable JsonElement stored) {
        String field = path + "." + name;
        // a property can have the name of a keyword
        if (path.contains(SCHEMA) && EXACT.contains(name) && !path.endsWith(".properties")) {
            return Objects.equals(wanted, stored) ? Optional.empty() : Optional.of(field);
        }
        return between(field, wanted == null ? new JsonObject() : wanted, stored);
    }

    private static Optional<String> inList(String path, JsonArray wanted, JsonArray stored) {
        if (wanted.size() != stored.size()) {
            return Optional.of(path);
        }
        for (int i = 0; i < wanted.size(); i++) {
            Optional<String> difference = between(path + "[" + i + "]", wanted.get(i), stored.get(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static boolean isEmpty(@Nullable JsonElement value) {
        if (value instanceof JsonPrimitive primitive) {
            return primitive.isBoolean()
                    ? !primitive.getAsBoolean()
                    : primitive.isNumber()
                            ? primitive.getAsDouble() == 0
                            : primitive.getAsString().isEmpty();
        }
        return value == null
                || value.isJsonNull()
                || (value instanceof JsonObject fields && fields.isEmpty())
                || (value instanceof JsonArray list && list.isEmpty());
    }
}
