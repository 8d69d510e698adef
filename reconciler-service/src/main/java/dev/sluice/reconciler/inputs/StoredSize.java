package dev.sluice.reconciler.inputs;

import dev.sluice.toolkit.meta.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of inputs in an object of the API server: the values, and the managed fields, which repeat every key. */
final class StoredSize {

    /** The maximum size of the values as JSON. */
    static final long MAX_JSON_BYTES = 1_048_576;

    /** The maximum size of values and managed fields; the API server stores objects of 1.5 MiB. */
    static final long MAX_STORED_BYTES = 1_310_720;

    /** {@code "f:KEY":{},} around a key in quotes. */
    private static final int FIELD_BYTES = 6;

    /** {@code ".":{},} in the fields of a map. */
    private static final int MAP_BYTES = 7;

    private long json;
    private long fields;

    /** Adds an entry of the inputs and returns the size of its JSON. */
    long add(String key, JsonValue value) {
        long size = quoted(key) + utf8Length(value.json());
        json += size;
        fields += fields(key, value.toJava());
        return size;
    }

    boolean exceedsJson() {
        return json > MAX_JSON_BYTES;
    }

    boolean exceedsStored() {
        return json + fields > MAX_STORED_BYTES;
    }

    private static long fields(Object key, @Nullable Object value) {
        long bytes = quoted((String) key) + FIELD_BYTES;
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            bytes += MAP_BYTES;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                bytes += fields(entry.getKey(), entry.getValue());
            }
        }
        return bytes;
    }

    private static long quoted(String text) {
        return utf8Length(JsonValue.of(text).json());
    }

    private static long utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
