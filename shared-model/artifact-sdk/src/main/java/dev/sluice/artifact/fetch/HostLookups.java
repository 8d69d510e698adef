package dev.sluice.artifact.fetch;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks up host names before the HTTP client does, which then finds them in the JVM's cache. A lookup cannot be
 * interrupted and holds its thread until the system's resolver gives up; in the HTTP client, it would hold one thread
 * for each request. Here a host has one thread, and the number of threads is limited, in total and for each owner.
 * Thread-safe.
 */
final class HostLookups {

    /** An owner without a limit of its own. */
    static final String NO_OWNER = "";

    static final int MAX_PENDING = 128;
    static final int MAX_PENDING_OF_OWNER = 16;

    /** Looks up a name; may take any time. */
    interface Resolver {
        void resolve(String host) throws UnknownHostException;
    }

    /** A running lookup. */
    private record Lookup(String owner, CompletableFuture<Void> end) {}

    /** The limits protect the process, and the cache belongs to the JVM. */
    private static final HostLookups OF_PROCESS = new HostLookups(InetAddress::getAllByName);

    private final Resolver resolver;
    private final Map<String, Lookup> pending = new HashMap<>();

    HostLookups(Resolver resolver) {
        this.resolver = resolver;
    }

    static HostLookups ofProcess() {
        return OF_PROCESS;
    }

    /**
     * Waits until the host is looked up; joins a running lookup. Returns at once for an address.
     *
     * @param owner the party that counts as the owner of a lookup that this starts
     * @param url for messages
     * @throws RetryableFetchException if the host is unknown, the lookup takes longer, or too many are running
     */
    void await(String owner, String host, Duration patience, String url)
            throws RetryableFetchException, InterruptedIOException {
        if (NoProxy.isAddress(host)) {
            return;
        }
        try {
            join(owner, host, url).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw failure(url, "the name lookup of the host took longer than " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw failure(url, "cannot resolve the host name", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("download of '" + url + "' was interrupted");
        }
    }

    private CompletableFuture<Void> join(String owner, String host, String url) throws RetryableFetchException {
        synchronized (pending) {
            Lookup running = pending.get(host);
            if (running != null) {
                return running.end();
            }
            if (pending.size() >= MAX_PENDING || hasMost(owner)) {
                throw failure(url, "too many name lookups are waiting for an answer", null);
            }
            Lookup started = new Lookup(owner, new CompletableFuture<>());
            DaemonThreads.create("host-lookup", () -> run(host, started)).start();
            pending.put(host, started);
            return started.end();
        }
    }

    /** An owner also leaves as many for others as it has, so that a few owners do not use up all. */
    private boolean hasMost(String owner) {
        int left = MAX_PENDING - pending.size();
        long owned = pending.values().stream()
                .filter(lookup -> lookup.owner().equals(owner))
                .count();
        return !owner.equals(NO_OWNER) && owned >= Math.min(MAX_PENDING_OF_OWNER, left / 2);
    }

    private void run(String host, Lookup lookup) {
        Throwable failure = null;
        try {
            resolver.resolve(host);
        } catch (UnknownHostException | RuntimeException e) {
            failure = e;
        } finally {
            synchronized (pending) {
                pending.remove(host, lookup);
            }
        }
        if (failure == null) {
            lookup.end().complete(null);
        } else {
            lookup.end().completeExceptionally(failure);
        }
    }

    private static RetryableFetchException failure(String url, String problem, @Nullable Throwable cause) {
        return RetryableFetchException.unreachable("download of '" + url + "' failed: " + problem, cause);
    }

    /** Number of lookups that have not ended. */
    int pending() {
        synchronized (pending) {
            return pending.size();
        }
    }
}
