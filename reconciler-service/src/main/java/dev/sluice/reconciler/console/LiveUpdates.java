package dev.sluice.reconciler.console;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.ServerResponse.SseBuilder;

/**
 * Tells browsers by server-sent events that something has changed, at most twice a second. The threads exist only
 * while a browser is connected. Thread-safe.
 */
final class LiveUpdates implements AutoCloseable {

    static final int MAX_CLIENTS = 64;
    static final int MAX_CLIENTS_OF_ADDRESS = 32;

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int IDLE_INTERVALS = 20;

    /** A browser that does not read blocks one of them until the write timeout of the server. */
    private static final int WRITERS = 8;

    /** The browser reconnects. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final LongSupplier version;
    private final ClientQuota places = new ClientQuota(MAX_CLIENTS, MAX_CLIENTS_OF_ADDRESS);
    private final Map<SseBuilder, Client> clients = new HashMap<>();
    private @Nullable ScheduledExecutorService ticks;
    private @Nullable ExecutorService writers;

    /** A connected browser. One thread at a time writes to it. */
    private static final class Client {

        private final String address;
        private final AtomicBoolean writing = new AtomicBoolean();
        private volatile long seen;
        private int idle;

        Client(String address, long seen) {
            this.address = address;
            this.seen = seen;
        }

        /** Whether the version has changed, or nothing has been written for a while; called at each interval. */
        boolean isDue(long now) {
            idle++;
            return seen != now || idle >= IDLE_INTERVALS;
        }

        /** Returns false if the browser has gone. Tomcat throws a NullPointerException if that happens meanwhile. */
        boolean write(SseBuilder events, long now) {
            try {
                if (seen != now) {
                    seen = now;
                    events.event("changed").data(Long.toString(now));
                } else {
                    events.comment("idle").send();
                }
                return true;
            } catch (IOException | RuntimeException e) {
                return false;
            }
        }
    }

    /** @param version differs when something has changed */
    LiveUpdates(LongSupplier version) {
        this.version = version;
    }

    /** Connects a browser; it says which version its page shows. */
    ServerResponse connect(ServerRequest request) {
        String address = ClientQuota.address(request);
        if (!places.fits(address, 1)) {
            return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header(HttpHeaders.RETRY_AFTER, "60")
                    .build();
        }
        long seen = request.param("version").flatMap(LiveUpdates::number).orElseGet(version::getAsLong);
        return ServerResponse.sse(events -> add(events, address, seen), LONGEST);
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    void add(SseBuilder events, String address, long seen) {
        try {
            events.comment("connected").send(); // the browser learns at once that it is connected
        } catch (IOException gone) {
            return;
        }
        if (!put(events, new Client(address, seen))) {
            events.complete(); // it reconnects, and gets the status
            return;
        }
        events.onComplete(() -> remove(events));
        events.onTimeout(() -> remove(events));
        events.onError(failure -> remove(events));
    }

    private synchronized boolean put(SseBuilder events, Client client) {
        if (!places.tryTake(client.address, 1)) {
            return false;
        }
        clients.put(events, client);
        if (ticks == null) {
            ticks = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("console-live"));
            Future<?> unused = ticks.scheduleWithFixedDelay(this::tick, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            writers = Executors.newFixedThreadPool(WRITERS, DaemonThreads.named("console-live-writer"));
        }
        return true;
    }

    private synchronized void remove(SseBuilder events) {
        @Nullable Client gone = clients.remove(events);
        if (gone != null) {
            places.giveBack(gone.address, 1);
        }
        if (clients.isEmpty() && ticks != null && writers != null) {
            ticks.shutdown();
            writers.shutdown();
            ticks = null;
            writers = null;
        }
    }

    /** Continues after failures: an exception would end the updates of all browsers. */
    private void tick() {
        try {
            write(version.getAsLong());
        } catch (RuntimeException ignored) {
            // pages fail for the same reason, and say so
        }
    }

    /** Skips browsers to which the last write has not ended. */
    private synchronized void write(long now) {
        Executor threads = writers;
        if (threads == null) {
            return;
        }
        clients.forEach((events, client) -> {
            if (client.isDue(now) && client.writing.compareAndSet(false, true)) {
                client.idle = 0;
                threads.execute(() -> write(events, client, now));
            }
        });
    }

    private void write(SseBuilder events, Client client, long now) {
        if (!client.write(events, now)) {
            remove(events);
        }
        client.writing.set(false);
    }

    private synchronized List<SseBuilder> connected() {
        return List.copyOf(clients.keySet());
    }

    /** The number of connected browsers. */
    synchronized int size() {
        return clients.size();
    }

    @Override
    public void close() {
        connected().forEach(SseBuilder::complete);
    }
}
