package dev.sluice.controller.informer;

import dev.sluice.controller.queue.BackOffOptions;
import java.time.Duration;

/**
 * How informers talk to the API server.
 *
 * @param listTimeout for one page of a list
 * @param silence a watch on which nothing came for so long, not even a bookmark, is opened again: its connection may be
 *     half open. API servers send a bookmark about every minute
 * @param reconnect the pace of attempts after failures, and after watches that end as soon as they begin
 * @param pageSize objects in one page of a list
 * @param cacheBytes of JSON that the objects in all caches may be; one namespace may have half of it. Objects of up to
 *     16 KiB count a quarter, 1 KiB at least. What has no room is set aside
 */
public record InformerOptions(
        Duration listTimeout, Duration silence, BackOffOptions reconnect, int pageSize, long cacheBytes) {

    private static final int HEAP_DIVISOR = 8;

    /** With {@link #defaultCacheBytes}. */
    public InformerOptions(Duration listTimeout, Duration silence, BackOffOptions reconnect, int pageSize) {
        this(listTimeout, silence, reconnect, pageSize, defaultCacheBytes());
    }

    /** An eighth of this JVM's heap: an object takes up to three times its JSON. */
    public static long defaultCacheBytes() {
        return Runtime.getRuntime().maxMemory() / HEAP_DIVISOR;
    }

    /** The same with another bound of the caches. */
    public InformerOptions withCacheBytes(long bytes) {
        return new InformerOptions(listTimeout, silence, reconnect, pageSize, bytes);
    }

    /** A minute a page of 500, two minutes of silence, attempts after 0.1 to 30 seconds. */
    public static final InformerOptions DEFAULT = new InformerOptions(
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            new BackOffOptions(Duration.ofMillis(100), Duration.ofSeconds(30), 0.5),
            500);
}
