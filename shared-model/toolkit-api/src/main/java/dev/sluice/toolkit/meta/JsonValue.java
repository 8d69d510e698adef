package dev.sluice.toolkit.meta;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Free-form JSON, such as the values of a HelmRelease. Preserves the digits of numbers ({@code 1} and {@code 1.0}
 * differ, and a number can have any size), the order of fields, and nulls.
 *
 * <p>The API server does not: it stores whole numbers up to 64 bits exactly and rounds all others to a double, writes
 * {@code 1.0} as {@code 1}, and sorts the fields. A longer number, such as an account number of 20 digits, must be a
 * string.
 *
 * <p>Immutable; equality compares the compact text.
 */
public final class JsonValue {

    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .setStrictness(Strictness.STRICT)
            .setObjectToNumberStrategy(ToNumberPolicy.BIG_DECIMAL)
            .create();

    private final String json;

    private JsonValue(String json) {
        this.json = json;
    }

    /**
     * Parses a JSON document; discards whitespace between tokens.
     *
     * @throws IllegalArgumentException if the text is not JSON
     */
    public static JsonValue parse(String text) {
        try {
            JsonElement element = GSON.fromJson(text, JsonElement.class);
            if (element == null) {
                throw new IllegalArgumentException("cannot read JSON: the text is empty");
            }
            return of(element);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("cannot read JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Creates JSON from maps with string keys, lists, strings, numbers, booleans and nulls, in the order of the maps.
     *
     * @throws IllegalArgumentException if a number is not finite, or a value has an unsupported type
     */
    public static JsonValue of(@Nullable Object value) {
        return new JsonValue(GSON.toJson(value));
    }

    /** Returns the compact JSON text. */
    public String json() {
        return json;
    }

    /** Returns unmodifiable maps and lists, strings, {@code BigDecimal}s, booleans and nulls. */
    public @Nullable Object toJava() {
        return unmodifiable(GSON.fromJson(json, Object.class));
    }

    private static @Nullable Object unmodifiable(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // created by Gson: keys are strings, and the maps can be modified in place
            Map<String, @Nullable Object> own = (Map<String, @Nullable Object>) map;
            own.replaceAll((key, inner) -> unmodifiable(inner));
            return Collections.unmodifiableMap(own);
        }
        if (value instanceof List<?> list) {
            @SuppressWarnings("unchecked") // as above
            List<@Nullable Object> own = (List<@Nullable Object>) list;
            own.replaceAll(JsonValue::unmodifiable);
            return Collections.unmodifiableList(own);
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonValue value && value.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json;
    }
}
