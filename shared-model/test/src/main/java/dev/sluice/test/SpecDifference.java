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

    private SpecDifference() {}

    /** Returns the path of the first difference. Empty values and absent ones are the same. */
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
        if (path.contains(".schema")) {
            names.addAll(stored.keySet()); // has no defaults
        }
        for (String name : names) {
            JsonElement field = wanted.has(name) ? wanted.get(name) : new JsonObject();
            Optional<String> difference = between(path + "." + name, field, stored.get(name));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
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
