package dev.sluice.artifact.server;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.concurrent.DaemonThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A small file server for controllers that serve their own artifacts, on the HTTP server of the JDK.
 *
 * <p>It answers just as the artifact server service does, see {@link ArtifactRequests}; that one is faster and scales
 * on its own. Slow clients are cut off: 30 s for a request, 10 min for an answer. The JDK takes these limits from the
 * system properties {@code sun.net.httpserver.maxReqTime} and {@code maxRspTime}, read once per process; they are set
 * here unless they are set already.
 */
public final class ArtifactServer implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofMillis(4500);
    private static final int WAITING_CONNECTIONS = 1024;
    private static final Map<String, String> JDK_SERVER_DEFAULTS = Map.of(
            "sun.net.httpserver.maxReqTime", "30",
            "sun.net.httpserver.maxRspTime", "600",
            // without it, each small answer on a kept connection waits 40 ms for an acknowledgement
            "sun.net.httpserver.nodelay", "true");

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final ArtifactHandler handler;
    private final CountDownLatch closed = new CountDownLatch(1);

    private ArtifactServer(HttpServer server, ThreadPoolExecutor threads, ArtifactHandler handler) {
        this.server = server;
        this.threads = threads;
        this.handler = handler;
    }

    /**
     * Serves until the calling thread is interrupted or the JVM shuts down, then finishes running downloads, within 5 s.
     * The interrupt status is set on return after an interrupt.
     *
     * @throws IOException if the address can not be bound
     */
    public static void start(ArtifactServerOptions options) throws IOException {
        ArtifactServer server = open(options);
        Thread atShutdown = new Thread(server::close, "artifact-server-stop");
        Runtime.getRuntime().addShutdownHook(atShutdown);
        boolean interrupted = false;
        try {
            server.closed.await();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        server.close();
        removeHook(atShutdown);
        if (interrupted) {
            // only now: with the status set, the downloads would not be waited for
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down: the hook runs or has run
        }
    }

    /**
     * Starts serving and returns; the caller closes the server.
     *
     * @throws IOException if the address can not be bound
     */
    public static ArtifactServer open(ArtifactServerOptions options) throws IOException {
        JDK_SERVER_DEFAULTS.forEach((key, value) -> {
            if (System.getProperty(key) == null) {
                System.setProperty(key, value);
            }
        });
        ArtifactHandler handler =
                new ArtifactHandler(new ArtifactRequests(new ServedFiles(options.basePath())), options.serving());
        HttpServer server = bind(options.address());
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                options.threads(),
                options.threads(),
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_CONNECTIONS),
                DaemonThreads.numbered("artifact-server"));
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        return new ArtifactServer(server, threads, handler);
    }

    private static HttpServer bind(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "can not serve artifacts on '" + address + "': " + e.getMessage() + "; choose another address", e);
        }
    }

    /** The bound address, with the real port. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Answers new requests with 503, gives running downloads up to 4.5 s, and stops. Idempotent. */
    @Override
    public synchronized void close() {
        handler.drain(STOP_TIMEOUT);
        server.stop(0);
        threads.shutdownNow();
        closed.countDown();
    }
}
