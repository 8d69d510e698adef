package dev.sluice.artifact.fetch;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.net.http.HttpClient;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client with the current certificates. When they change, the next download gets a new client, which has none
 * of the connections that were established with the former ones. Thread-safe.
 */
final class CurrentClient implements AutoCloseable {

    private static final String IDLE_SECONDS = "jdk.httpclient.keepalive.timeout";

    static {
        if (System.getProperty(IDLE_SECONDS) == null) {
            // the default since JDK 20; JDK 17 keeps idle connections for 20 minutes
            System.setProperty(IDLE_SECONDS, "30");
        }
    }

    private final Supplier<@Nullable Object> certificates;
    private final Supplier<HttpClient> factory;
    private Use current;
    private boolean closed;

    CurrentClient(Supplier<@Nullable Object> certificates, Supplier<HttpClient> factory) {
        this.certificates = certificates;
        this.factory = factory;
        this.current = new Use(factory.get(), null);
    }

    /**
     * Returns the client for one download.
     *
     * @throws IllegalStateException if this is closed
     */
    Use use() {
        Object now = certificates.get();
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the fetcher is closed");
            }
            if (now != null && current.certificates == null) {
                // nothing was connected without certificates
                current.certificates = now;
            } else if (now != null && !Objects.equals(now, current.certificates)) {
                current.replace();
                current = new Use(factory.get(), now);
            }
            current.users++;
            return current;
        }
    }

    /** Closes the client after the downloads that use it. Idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            current.replace();
        }
    }

    /** A client and the number of downloads that use it. */
    final class Use implements AutoCloseable {

        private final HttpClient client;
        private @Nullable Object certificates;
        private int users;
        private boolean replaced;

        private Use(HttpClient client, @Nullable Object certificates) {
            this.client = client;
            this.certificates = certificates;
        }

        HttpClient client() {
            return client;
        }

        private void replace() {
            replaced = true;
            closeIfUnused();
        }

        @Override
        public void close() {
            synchronized (CurrentClient.this) {
                users--;
                closeIfUnused();
            }
        }

        /** The method exists since JDK 21 and waits for the client's thread. On JDK 17, the garbage collector ends it. */
        private void closeIfUnused() {
            if (replaced && users == 0 && (Object) client instanceof AutoCloseable closeable) {
                DaemonThreads.create("http-client-close", () -> close(closeable))
                        .start();
            }
        }

        private static void close(AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                // the client ends without it, too
            }
        }
    }
}
