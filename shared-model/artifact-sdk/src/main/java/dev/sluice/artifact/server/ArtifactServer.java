package dev.sluice.artifact.server;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.tls.TlsSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A small file server for controllers that serve their own artifacts, based on the JDK's HTTP server.
 *
 * <p>It behaves like the artifact server service, see {@link ArtifactRequests}, which is faster and scales
 * independently. Slow clients are disconnected after 30 s for a request and 10 min for a response. The JDK reads these
 * limits once per process from the system properties {@code sun.net.httpserver.maxReqTime} and {@code maxRspTime},
 * which this class sets unless they are already set or the process has already used a server of the JDK.
 *
 * <p>TLS is for networks whose clients are trusted: the JDK handles handshakes on the threads of downloads, and looks up
 * the host name of each client's address before. Connections whose handshake never ends hold these threads until the
 * limit for a request, which is 10 s with TLS; meanwhile, downloads wait. If others can connect, use the artifact server
 * service, whose handshakes hold no thread.
 */
public final class ArtifactServer implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofMillis(4500);
    private static final int WAITING_CONNECTIONS = 1024;
    private static final String REQUEST_SECONDS = "sun.net.httpserver.maxReqTime";
    private static final Map<String, String> JDK_SERVER_DEFAULTS = Map.of(
            "sun.net.httpserver.maxRspTime", "600",
            // without it, each small response on a persistent connection waits 40 ms for an acknowledgement
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
     * Serves until the calling thread is interrupted or the JVM shuts down, then waits up to 5 s for running downloads.
     * After an interrupt, the interrupt flag is set on return.
     *
     * @throws IOException if the server cannot bind to the address
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
            // not earlier, because close would not wait for downloads while the flag is set
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down, so the hook runs or has run
        }
    }

    /**
     * Starts the server and returns; the caller must close it. Its threads do not keep the JVM alive, so a program
     * ends when its {@code main} fails.
     *
     * @throws IOException if the server cannot bind to the address
     */
    public static ArtifactServer open(ArtifactServerOptions options) throws IOException {
        JDK_SERVER_DEFAULTS.forEach(ArtifactServer::setDefault);
        // includes the handshake, which holds a thread
        setDefault(REQUEST_SECONDS, options.tls().isPresent() ? "10" : "30");
        ArtifactHandler handler = new ArtifactHandler(
                new ArtifactRequests(new ServedFiles(options.basePath())), options.serving(), options.tls());
        HttpServer server = bind(options);
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
        DaemonThreads.runAndWait(server::start);
        return new ArtifactServer(server, threads, handler);
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static HttpServer bind(ArtifactServerOptions options) throws IOException {
        try {
            return options.tls().isPresent()
                    ? bindTls(options.address(), options.tls().get())
                    : HttpServer.create(options.address(), 0);
        } catch (IOException e) {
            throw new IOException(
                    "cannot serve artifacts on '" + options.address() + "': " + e.getMessage()
                            + "; choose another address",
                    e);
        }
    }

    private static HttpServer bindTls(InetSocketAddress address, TlsSource tls) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()) {
            @Override
            public void configure(HttpsParameters connection) {
                connection.setSSLParameters(tls.serverParameters());
            }
        });
        return server;
    }

    /** Returns the bound address with the actual port. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Responds to new requests with 503, waits up to 4.5 s for running downloads, and stops. Idempotent. */
    @Override
    public synchronized void close() {
        handler.drain(STOP_TIMEOUT);
        server.stop(0);
        threads.shutdownNow();
        closed.countDown();
    }
}
