package dev.sluice.controller.informer;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the objects in all caches may take, and those of one namespace: whoever may write objects could otherwise fill the
 * heap with them. Counted are bytes of JSON as the API server sends it. A small object counts a quarter, since most of it
 * is trimmed away, and a kibibyte at least: only large objects, or very many, reach a limit. Thread-safe.
 */
final class CacheAllowance {

    /** Up to this size an object counts a quarter. */
    static final int SMALL_BYTES = 16 * 1024;

    private static final int SMALL_DIVISOR = 4;

    /** What the smallest object counts: its Java objects and its place in the indexes take more than its JSON. */
    static final int LEAST_BYTES = 1_024;

    /** How much of the whole one namespace may have. */
    private static final int NAMESPACE_DIVISOR = 2;

    /** What each namespace has for sure, however full the rest is. */
    private static final int ASSURED_DIVISOR = 64;

    private final long totalBytes;
    private final Map<Cached, Integer> charges = new HashMap<>();
    private final Map<String, Long> namespaces = new HashMap<>();
    private long used;

    CacheAllowance(long totalBytes) {
        this.totalBytes = totalBytes;
    }

    private record Cached(ApiKind kind, ObjectKey key) {}

    /**
     * Counts an object in place of what was counted for it before.
     *
     * @throws IllegalArgumentException if there is no room for it; then nothing is counted for it
     */
    synchronized void take(ApiKind kind, ObjectKey key, int jsonBytes) {
        give(kind, key);
        int charge = jsonBytes <= SMALL_BYTES ? Math.max(LEAST_BYTES, jsonBytes / SMALL_DIVISOR) : jsonBytes;
        long ofNamespace = namespaces.getOrDefault(key.namespace(), 0L) + charge;
        if (ofNamespace > totalBytes / NAMESPACE_DIVISOR) {
            throw tooMuch(key, ofNamespace, "one namespace may have", totalBytes / NAMESPACE_DIVISOR);
        }
        if (used + charge > totalBytes && ofNamespace > totalBytes / ASSURED_DIVISOR) {
            throw tooMuch(key, ofNamespace, "others leave it", totalBytes / ASSURED_DIVISOR);
        }
        charges.put(new Cached(kind, key), charge);
        namespaces.put(key.namespace(), ofNamespace);
        used += charge;
    }

    private static IllegalArgumentException tooMuch(ObjectKey key, long bytes, String who, long allowed) {
        return new IllegalArgumentException(("the objects of namespace \"%s\" take %d bytes of the cache and %s %d:"
                        + " shrink or delete large objects, then change this one")
                .formatted(key.namespace(), bytes, who, allowed));
    }

    synchronized void give(ApiKind kind, ObjectKey key) {
        Integer charge = charges.remove(new Cached(kind, key));
        if (charge != null) {
            used -= charge;
            namespaces.merge(key.namespace(), (long) -charge, Long::sum);
            namespaces.remove(key.namespace(), 0L);
        }
    }

    /** A whole list of a kind has come: what is not in it is gone. */
    synchronized void retain(ApiKind kind, Set<ObjectKey> keys) {
        charges.keySet().stream()
                .filter(cached -> cached.kind().equals(kind) && !keys.contains(cached.key()))
                .toList()
                .forEach(gone -> give(gone.kind(), gone.key()));
    }

    synchronized long usedBytes() {
        return used;
    }
}
