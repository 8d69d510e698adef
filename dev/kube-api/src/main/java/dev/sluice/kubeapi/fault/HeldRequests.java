package dev.sluice.kubeapi.fault;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Requests that wait without a thread, until they are released. */
final class HeldRequests {

    private final Set<AsyncContext> held = ConcurrentHashMap.newKeySet();

    /** Holds the request until {@link #release}. */
    void hold(HttpServletRequest request) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        held.add(async);
    }

    /** Serves the request after the delay. */
    void delay(HttpServletRequest request, Duration delay) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        held.add(async);
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> serve(async));
    }

    void release() {
        held.forEach(this::serve);
    }

    private void serve(AsyncContext async) {
        if (!held.remove(async)) {
            return;
        }
        try {
            async.dispatch();
        } catch (IllegalStateException e) {
            // the client has given up meanwhile
        }
    }
}
