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
 */
public record InformerOptions(Duration listTimeout, Duration silence, BackOffOptions reconnect, int pageSize) {

    /** A minute a page of 500, two minutes of silence, attempts after 0.1 to 30 seconds. */
    public static final InformerOptions DEFAULT = new InformerOptions(
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            new BackOffOptions(Duration.ofMillis(100), Duration.ofSeconds(30), 0.5),
            500);
}
