package dev.sluice.reconciler.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Operations on YAML values: null, {@code Boolean}, {@code BigInteger}, {@code Double}, {@code String}, {@code List}
 * and {@code Map} with string keys.
 */
public final class YamlValues {

    private YamlValues() {}

    /**
     * Merges maps deeply; any other value in {@code overlay}, null and lists included, replaces the one in {@code
     * base}.
     */
    public static Map<String, @Nullable Object> merge(
            Map<String, @Nullable Object> base, Map<String, @Nullable Object> overlay) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(base);
        overlay.forEach((key, value) -> merged.put(key, mergeValue(merged.get(key), value)));
        return merged;
    }

    private static @Nullable Object mergeValue(@Nullable Object base, @Nullable Object overlay) {
        return base instanceof Map<?, ?> && overlay instanceof Map<?, ?> ? merge(map(base), map(overlay)) : overlay;
    }

    /** Casts a value that is known to be a map. */
    public static Map<String, @Nullable Object> map(Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, entry) -> map.put((String) Objects.requireNonNull(key), entry));
        return map;
    }
}
