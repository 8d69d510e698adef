package dev.sluice.toolkit.meta;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Immutable copies that preserve order, unlike {@link Map#copyOf}. */
public final class Immutable {

    /** The largest map of JSON values that is not compacted. */
    private static final int MAX_PLAIN = 32;

    private Immutable() {}

    /**
     * Returns an unmodifiable copy in the order of {@code map}.
     *
     * @throws NullPointerException if a key or value is null
     */
    public static <K, V> Map<K, V> map(Map<K, V> map) {
        Map<K, V> copy = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
        map.forEach((key, value) -> {
            if (key == null || value == null) {
                throw new NullPointerException("map with a null " + (key == null ? "key" : "value of key " + key));
            }
            copy.put(key, value);
        });
        return Collections.unmodifiableMap(copy);
    }

    /**
     * Returns an unmodifiable copy in the order of {@code map}. A large map is kept as JSON, because its Java objects take
     * much more memory; each access to it parses the JSON.
     *
     * @throws NullPointerException if a key or value is null
     */
    public static Map<String, JsonValue> compact(Map<String, JsonValue> map) {
        if (map instanceof CompactMap) {
            return map;
        }
        return map.size() <= MAX_PLAIN ? map(map) : new CompactMap(map);
    }
}
