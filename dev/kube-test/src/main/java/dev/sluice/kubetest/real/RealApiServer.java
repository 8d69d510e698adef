package dev.sluice.kubetest.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real kube-apiserver with its own etcd, on free loopback ports and in a temporary directory. Both processes end with
 * this JVM, however it ends. There is no controller manager: namespaces are never emptied, owner references have no
 * effect, and no tokens are created for service accounts.
 *
 * <p>Only one thread at a time may stop, pause or restart it; all other methods are thread-safe.
 */
public final class RealApiServer implements AutoCloseable {

    private static final int ATTEMPTS = 3;
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(15);

    private final RealApiOptions options;
    private final ServerFiles files;
    private final Etcd etcd;
    private final int port;
    private volatile ServerProcess process;

    private RealApiServer(RealApiOptions options, ServerFiles files, Etcd etcd, int port) throws IOException {
        this.options = options;
        this.files = files;
        this.etcd = etcd;
        this.port = port;
        this.process = ApiServerCommand.launch(options, files, etcd.client(), port);
    }

    /**
     * Starts both and waits until the API is ready.
     *
     * @throws IOException if one of them exits or is not ready in time. The message quotes the end of its log and names
     *     the log directory, which is kept
     */
    public static RealApiServer start(RealApiOptions options) throws IOException, InterruptedException {
        StartDeadline deadline = StartDeadline.in(options.startTimeout());
        ServerFiles files = ServerFiles.create(options.workDirectory());
        try {
            return start(options, files, deadline);
        } catch (IOException | InterruptedException e) {
            files.keep();
            throw e;
        }
    }

    private static RealApiServer start(RealApiOptions options, ServerFiles files, StartDeadline deadline)
            throws IOException, InterruptedException {
        Etcd etcd = Etcd.start(options.assets(), files.directory(), deadline);
        try {
            return startApiServer(options, files, etcd, deadline);
        } catch (IOException | InterruptedException e) {
            etcd.close();
            throw e;
        }
    }

    private static RealApiServer startApiServer(
            RealApiOptions options, ServerFiles files, Etcd etcd, StartDeadline deadline)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            RealApiServer server = new RealApiServer(options, files, etcd, Loopback.freePort());
            try {
                server.awaitReady(deadline);
                // Without etcd all requests time out; stopping the server fails them immediately.
                etcd.whenEnded(() -> server.process.close());
                return server;
            } catch (IOException | InterruptedException e) {
                boolean portWasTaken = server.process.addressWasTaken();
                server.process.close();
                if (!portWasTaken || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void awaitReady(StartDeadline deadline) throws IOException, InterruptedException {
        while (!files.hasCertificate()) {
            pause(deadline);
        }
        HealthCheck ready = HealthCheck.secure(url(), files.certificate(), ServerFiles.ADMIN_TOKEN);
        while (!ready.isOk("/readyz") || !ready.isOk("/api/v1/namespaces/default")) {
            pause(deadline);
        }
        files.writeKubeconfig("kubeconfig", url());
    }

    private void pause(StartDeadline deadline) throws IOException, InterruptedException {
        deadline.check("kube-apiserver", process);
        process.pauseBetweenChecks();
    }

    /** The base URL, without a trailing slash. */
    public URI url() {
        return URI.create("https://" + Loopback.HOST + ":" + port);
    }

    /** The kubeconfig of an administrator. */
    public Path kubeconfig() {
        return files.directory().resolve("kubeconfig");
    }

    /** Writes the kubeconfig with another server address, such as that of a proxy. */
    public Path kubeconfigFor(URI server) throws IOException {
        return files.writeKubeconfig("kubeconfig-" + server.getPort(), server);
    }

    /** Returns a new client that trusts this server. */
    public HttpClient newHttpClient() throws IOException {
        return HealthCheck.clientThatTrusts(files.certificate());
    }

    /** Returns a new request of the administrator. */
    public HttpRequest.Builder newRequest(String path) {
        return HttpRequest.newBuilder(url().resolve(path)).header("Authorization", "Bearer " + ServerFiles.ADMIN_TOKEN);
    }

    /** The directory of {@code kube-apiserver.log} and {@code etcd.log}. */
    public Path logDirectory() {
        return files.directory();
    }

    /** The process id of kube-apiserver. */
    public long pid() {
        return process.pid();
    }

    /** Suspends the process until {@link #resume}: connections stay open, but no request is answered. */
    public void pause() throws IOException, InterruptedException {
        process.signal("STOP");
    }

    /** Resumes a paused process. */
    public void resume() throws IOException, InterruptedException {
        process.signal("CONT");
    }

    /** Terminates kube-apiserver gracefully; etcd keeps the stored objects. */
    public void stop() throws InterruptedException {
        process.stop(SHUTDOWN_PATIENCE);
    }

    /** Kills kube-apiserver. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts kube-apiserver on the same address after {@link #stop} or {@link #kill}; waits until it is ready. */
    public void startAgain() throws IOException, InterruptedException {
        process = ApiServerCommand.launch(options, files, etcd.client(), port);
        awaitReady(StartDeadline.in(options.startTimeout()));
    }

    /** Suspends etcd: kube-apiserver accepts requests, but answers none that needs etcd. */
    public void pauseStore() throws IOException, InterruptedException {
        etcd.signal("STOP");
    }

    /** Resumes a paused etcd. */
    public void resumeStore() throws IOException, InterruptedException {
        etcd.signal("CONT");
    }

    /** Kills etcd and starts it again with its stored data; kube-apiserver keeps running. */
    public void restartStore() throws IOException, InterruptedException {
        etcd.restart(StartDeadline.in(options.startTimeout()));
    }

    /** Stops and starts kube-apiserver; etcd keeps running. */
    public void restart() throws IOException, InterruptedException {
        stop();
        startAgain();
    }

    /**
     * Compacts all resource versions before {@code resourceVersion}. Lists and continue tokens that need an older
     * version get a 410 once kube-apiserver has noticed, which can take 15 seconds. Watches are not affected, because
     * kube-apiserver serves them from its own cache.
     */
    public void compact(long resourceVersion) throws IOException, InterruptedException {
        etcd.compact(resourceVersion);
    }

    /** Keeps the log directory on close; call it when a test has failed. */
    public void keepLogs() {
        files.keep();
    }

    /** Kills both processes and deletes their files. */
    @Override
    public void close() {
        process.close();
        etcd.close();
        try {
            files.remove();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + files.directory(), e);
        }
    }
}
