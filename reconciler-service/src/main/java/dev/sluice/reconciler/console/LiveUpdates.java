package dev.sluice.reconciler.console;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.ServerResponse.SseBuilder;

/**
 * Tells browsers by server-sent events that something has changed, at most twice a second. The thread that looks for
 * changes exists only while a browser is connected. Thread-safe.
 */
final class LiveUpdates implements AutoCloseable {

    static final int MAX_CLIENTS = 64;
    static final int MAX_CLIENTS_OF_ADDRESS = 32;

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int IDLE_INTERVALS = 20;

    /** The browser reconnects. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final LongSupplier version;
    private final Map<SseBuilder, Client> clients = new HashMap<>();
    private @Nullable ScheduledExecutorService ticks;

    /** A connected browser. */
    private static final class Client {

        private final String address;
        private long seen;
        private int idle;

        Client(String address, long seen) {
            this.address = address;
            this.seen = seen;
        }
    }

    /** @param version differs when something has changed */
    LiveUpdates(LongSupplier version) {
        this.version = version;
    }

    /** Connects a browser; it says which version its page shows. */
    ServerResponse connect(ServerRequest request) {
        String address = request.remoteAddress()
                .map(remote -> remote.getAddress().getHostAddress())
                .orElse("");
        if (isFull(address)) {
            return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header(HttpHeaders.RETRY_AFTER, "60")
                    .build();
        }
        long seen = request.param("version").flatMap(LiveUpdates::number).orElseGet(version::getAsLong);
        return ServerResponse.sse(events -> add(events, address, seen), LONGEST);
    }

    private synchronized boolean isFull(String address) {
        return clients.size() >= MAX_CLIENTS
                || clients.values().stream()
                                .filter(client -> client.address.equals(address))
                                .count()
                        >= MAX_CLIENTS_OF_ADDRESS;
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    synchronized void add(SseBuilder events, String address, long seen) {
        try {
            events.comment("connected").send(); // the browser learns at once that it is connected
        } catch (IOException gone) {
            return;
        }
        events.onComplete(() -> remove(events));
        events.onTimeout(() -> remove(events));
        events.onError(failure -> remove(events));
        clients.put(events, new Client(address, seen));
        if (ticks == null) {
            ticks = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("console-live"));
            Future<?> unused = ticks.scheduleWithFixedDelay(this::tick, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void remove(SseBuilder events) {
        clients.remove(events);
        if (clients.isEmpty() && ticks != null) {
            ticks.shutdown();
            ticks = null;
        }
    }

    /** Continues after failures: an exception would end the updates of all browsers. */
    private void tick() {
        long now;
        try {
            now = version.getAsLong();
        } catch (RuntimeException e) {
            return; // pages fail for the same reason, and say so
        }
        List<SseBuilder> gone = new ArrayList<>();
        for (Map.Entry<SseBuilder, Client> connected : connected().entrySet()) {
            if (!notify(connected.getKey(), connected.getValue(), now)) {
                gone.add(connected.getKey());
            }
        }
        gone.forEach(this::remove);
    }

    private synchronized Map<SseBuilder, Client> connected() {
        return Map.copyOf(clients);
    }

    /** Returns false if the browser has gone. Tomcat throws a NullPointerException if that happens during the write. */
    private static boolean notify(SseBuilder events, Client client, long now) {
        try {
            if (client.seen != now) {
                client.seen = now;
                client.idle = 0;
                events.event("changed").data(Long.toString(now));
            } else if (++client.idle >= IDLE_INTERVALS) {
                client.idle = 0;
                events.comment("idle").send();
            }
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** The number of connected browsers. */
    synchronized int size() {
        return clients.size();
    }

    @Override
    public void close() {
        connected().keySet().forEach(SseBuilder::complete);
    }
}
