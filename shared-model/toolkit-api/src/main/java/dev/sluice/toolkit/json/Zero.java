package dev.sluice.toolkit.json;

import com.google.gson.TypeAdapter;
import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.Immutable;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The value of a required field that is missing in the JSON: Go's zero value. */
final class Zero {

    private static final Map<Class<?>, Supplier<Object>> VALUES = Map.ofEntries(
            Map.entry(String.class, () -> ""),
            Map.entry(List.class, List::of),
            Map.entry(Map.class, Map::of),
            Map.entry(boolean.class, () -> false),
            Map.entry(Boolean.class, () -> false),
            Map.entry(int.class, () -> 0),
            Map.entry(Integer.class, () -> 0),
            Map.entry(long.class, () -> 0L),
            Map.entry(Long.class, () -> 0L),
            Map.entry(FluxDuration.class, () -> FluxDuration.of("")),
            Map.entry(V1ObjectMeta.class, V1ObjectMeta::new),
            Map.entry(V1ListMeta.class, V1ListMeta::new));

    private Zero() {}

    static @Nullable Object of(Class<?> type, TypeAdapter<?> adapter) {
        Supplier<Object> value = VALUES.get(type);
        if (value != null) {
            return value.get();
        }
        return type.isRecord() ? RecordAdapter.zero(adapter) : null;
    }

    /** Removes null elements from lists and maps, which JSON allows and records do not. */
    static @Nullable Object withoutNulls(@Nullable Object value) {
        if (value instanceof List<?> list && list.contains(null)) {
            return list.stream().filter(Objects::nonNull).toList();
        }
        if (value instanceof Map<?, ?> map && map.containsValue(null)) {
            Map<Object, Object> copy = new java.util.LinkedHashMap<>(map);
            copy.values().removeIf(Objects::isNull);
            return Immutable.map(copy);
        }
        return value;
    }
}
