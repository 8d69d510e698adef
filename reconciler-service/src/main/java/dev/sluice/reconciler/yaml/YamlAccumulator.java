package dev.sluice.reconciler.yaml;

import dev.sluice.artifact.concurrent.Interruption;
import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges maps in sequence, with the result of {@link YamlValues#merge}, in time proportional to the added maps: a map
 * is copied only once, when something is first merged into it. Added maps are not modified. Not thread-safe.
 */
public final class YamlAccumulator {

    private final Set<Map<String, @Nullable Object>> own = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    /** Merges the map over the previous ones. */
    public void add(Map<String, @Nullable Object> overlay) throws InterruptedIOException {
        merge(values, overlay);
    }

    private void merge(Map<String, @Nullable Object> base, Map<?, ?> overlay) throws InterruptedIOException {
        for (Map.Entry<?, ?> entry : overlay.entrySet()) {
            Interruption.check();
            String key = (String) entry.getKey();
            Object before = base.get(key);
            if (before instanceof Map<?, ?> && entry.getValue() instanceof Map<?, ?> added) {
                Map<String, @Nullable Object> target = ownCopy(before);
                base.put(key, target);
                merge(target, added);
            } else {
                base.put(key, entry.getValue());
            }
        }
    }

    @SuppressWarnings("unchecked") // all maps have string keys
    private Map<String, @Nullable Object> ownCopy(Object map) {
        Map<String, @Nullable Object> values = (Map<String, @Nullable Object>) map;
        if (own.contains(values)) {
            return values;
        }
        Map<String, @Nullable Object> copy = YamlValues.map(map);
        own.add(copy);
        return copy;
    }

    /** Returns the merged values; {@link #add} must not be called afterwards. */
    public Map<String, @Nullable Object> values() {
        return values;
    }
}
