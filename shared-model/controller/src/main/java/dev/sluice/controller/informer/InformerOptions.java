package dev.sluice.controller.informer;

import dev.sluice.controller.queue.BackOffOptions;
import java.time.Duration;

/**
 * Options for informers.
 *
 * @param listTimeout limit for one page of a list
 * @param silence a watch without any data for this time, not even a bookmark, is reopened, because its connection may
 *     be half open; API servers send a bookmark about every minute
 * @param reconnect back-off after failures, and after watches that end as soon as they begin
 * @param pageSize objects per page of a list
 * @param cacheBytes limit for the objects in all caches, in bytes of JSON; one namespace may use half of it. An object
 *     of up to 16 KiB counts a quarter of its size, but at least 1 KiB. An object that exceeds the limit is set aside
 */
public record InformerOptions(
        Duration listTimeout, Duration silence, BackOffOptions reconnect, int pageSize, long cacheBytes) {

    private static final int HEAP_DIVISOR = 8;

    /** Uses {@link #defaultCacheBytes}. */
    public InformerOptions(Duration listTimeout, Duration silence, BackOffOptions reconnect, int pageSize) {
        this(listTimeout, silence, reconnect, pageSize, defaultCacheBytes());
    }

    /** Returns one eighth of the maximum heap size; an object takes up to three times the size of its JSON. */
    public static long defaultCacheBytes() {
        return Runtime.getRuntime().maxMemory() / HEAP_DIVISOR;
    }

    /** Returns a copy with another limit for the caches. */
    public InformerOptions withCacheBytes(long bytes) {
        return new InformerOptions(listTimeout, silence, reconnect, pageSize, bytes);
    }

    /** 1 minute per page of 500 objects, 2 minutes of silence, back-off from 0.1 to 30 seconds. */
    public static final InformerOptions DEFAULT = new InformerOptions(
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            new BackOffOptions(Duration.ofMillis(100), Duration.ofSeconds(30), 0.5),
            500);
}
