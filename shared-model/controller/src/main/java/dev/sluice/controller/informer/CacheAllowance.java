package dev.sluice.controller.informer;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Limits the memory that the objects in all caches use, in total and per namespace, because authors of objects could
 * otherwise fill the heap. Sizes are bytes of JSON as sent by the API server. A small object counts a quarter of its
 * size, because most of it is trimmed, but at least 1 KiB: only large objects, or very many, reach a limit.
 * Thread-safe.
 */
final class CacheAllowance {

    /** Up to this size, an object counts a quarter. */
    static final int SMALL_BYTES = 16 * 1024;

    private static final int SMALL_DIVISOR = 4;

    /** Minimum charge for an object: its Java objects and index entries take more memory than its JSON. */
    static final int LEAST_BYTES = 1_024;

    /** One namespace may use half of the total. */
    private static final int NAMESPACE_DIVISOR = 2;

    /** Each namespace may always use this fraction of the total, even if the rest is full. */
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
     * Reserves memory for an object and replaces its previous reservation.
     *
     * @throws IllegalArgumentException if a limit would be exceeded; nothing is reserved for the object then
     */
    synchronized void reserve(ApiKind kind, ObjectKey key, int jsonBytes) {
        release(kind, key);
        int charge = jsonBytes <= SMALL_BYTES ? Math.max(LEAST_BYTES, jsonBytes / SMALL_DIVISOR) : jsonBytes;
        long ofNamespace = namespaces.getOrDefault(key.namespace(), 0L) + charge;
        if (ofNamespace > totalBytes / NAMESPACE_DIVISOR) {
            throw tooMuch(key, ofNamespace, "the limit per namespace", totalBytes / NAMESPACE_DIVISOR);
        }
        if (used + charge > totalBytes && ofNamespace > totalBytes / ASSURED_DIVISOR) {
            throw tooMuch(key, ofNamespace, "the limit while the cache is full", totalBytes / ASSURED_DIVISOR);
        }
        charges.put(new Cached(kind, key), charge);
        namespaces.put(key.namespace(), ofNamespace);
        used += charge;
    }

    private static IllegalArgumentException tooMuch(ObjectKey key, long bytes, String limit, long allowed) {
        return new IllegalArgumentException(
                ("object cache: the objects of namespace \"%s\" need %d bytes, %s is %d; shrink or delete large objects,"
                                + " then change this one")
                        .formatted(key.namespace(), bytes, limit, allowed));
    }

    synchronized void release(ApiKind kind, ObjectKey key) {
        Integer charge = charges.remove(new Cached(kind, key));
        if (charge != null) {
            used -= charge;
            namespaces.merge(key.namespace(), (long) -charge, Long::sum);
            namespaces.remove(key.namespace(), 0L);
        }
    }

    /** Releases the objects of a kind that are not in the complete list of it. */
    synchronized void retain(ApiKind kind, Set<ObjectKey> keys) {
        charges.keySet().stream()
                .filter(cached -> cached.kind().equals(kind) && !keys.contains(cached.key()))
                .toList()
                .forEach(gone -> release(gone.kind(), gone.key()));
    }

    synchronized long usedBytes() {
        return used;
    }
}
