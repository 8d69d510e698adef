package dev.sluice.toolkit.meta;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Immutable copies that preserve order, unlike {@link Map#copyOf}. */
public final class Immutable {

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
}
