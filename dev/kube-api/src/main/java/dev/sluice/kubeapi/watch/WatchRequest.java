package dev.sluice.kubeapi.watch;

import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.store.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * What to stream.
 *
 * @param selects which objects belong to the watch
 * @param initial objects to show as added before anything else
 * @param announceInitialEnd whether a bookmark says where the initial objects end
 * @param after the revision after which changes are streamed
 * @param timeout after which the stream ends; empty for the server's own limit
 */
public record WatchRequest(
        Endpoint endpoint,
        Predicate<StoredObject> selects,
        List<StoredObject> initial,
        boolean announceInitialEnd,
        long after,
        boolean bookmarks,
        Optional<Duration> timeout,
        ObjectEncoder encoder) {

    public WatchRequest {
        initial = List.copyOf(initial);
    }

    /** How objects look in the stream. Used by one watch, by one thread at a time. */
    public interface ObjectEncoder {

        byte[] encode(StoredObject object);

        /** An object that is not stored: a bookmark. */
        byte[] encode(ObjectNode served);
    }
}
