package dev.sluice.kubeapi.watch;

import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.store.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of a watch.
 *
 * @param selects selects the objects of the watch
 * @param initial objects to send as added first
 * @param announceInitialEnd whether a bookmark marks the end of the initial objects
 * @param after the revision after which changes are sent
 * @param timeout duration of the stream; empty for the server's own limit
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

    /** Encodes objects for the stream. Used by one watch, by one thread at a time. */
    public interface ObjectEncoder {

        byte[] encode(StoredObject object);

        /** Encodes an object that is not stored: a bookmark. */
        byte[] encode(ObjectNode served);
    }
}
