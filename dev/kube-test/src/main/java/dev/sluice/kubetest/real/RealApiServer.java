package dev.sluice.kubetest.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real kube-apiserver with an etcd of its own, on free ports of the loopback address and in a temporary directory.
 * Both end with this JVM, however it ends. There is no controller manager: namespaces are never emptied, owner
 * references are not acted on, and service accounts get no tokens by themselves.
 *
 * <p>One thread at a time may stop, pause or restart it; the rest may be called from anywhere.
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
     * @throws IOException if one of them ends or is not ready in time; the message quotes the end of its log, and the
     *     logs stay where the message says
     */
    public static RealApiServer start(RealApiOptions options) throws IOException, InterruptedException {
        StartDeadline deadline = StartDeadline.in(options.startTimeout());
        ServerFiles files = ServerFiles.create(options.workDirectory());
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
                // Without its store it answers nothing but time-outs: better that everybody notices at once.
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
        while (!files.hasCertificate() || !answers("/readyz") || !answers("/api/v1/namespaces/default")) {
            deadline.check("kube-apiserver", process);
            process.pauseBetweenLooks();
        }
        files.writeKubeconfig("kubeconfig", url());
    }

    private boolean answers(String path) throws IOException, InterruptedException {
        return HealthCheck.secure(url().resolve(path), files.certificate(), ServerFiles.ADMIN_TOKEN)
                .isOk();
    }

    /** Where the API listens, without a trailing slash. */
    public URI url() {
        return URI.create("https://" + Loopback.HOST + ":" + port);
    }

    /** The configuration for an administrator. */
    public Path kubeconfig() {
        return files.directory().resolve("kubeconfig");
    }

    /** Writes the same configuration with {@code server} in place of our address: for a proxy in front of us. */
    public Path kubeconfigFor(URI server) throws IOException {
        return files.writeKubeconfig("kubeconfig-" + server.getPort(), server);
    }

    /** The directory of {@code kube-apiserver.log} and {@code etcd.log}. */
    public Path logDirectory() {
        return files.directory();
    }

    /** The process id of kube-apiserver. */
    public long pid() {
        return process.pid();
    }

    /** Stops the process where it stands: connections stay open and nobody answers, until {@link #resume}. */
    public void pause() throws IOException, InterruptedException {
        process.signal("STOP");
    }

    /** Lets a paused process go on. */
    public void resume() throws IOException, InterruptedException {
        process.signal("CONT");
    }

    /** Ends kube-apiserver in an orderly way; what it stored stays in etcd. */
    public void stop() throws InterruptedException {
        process.stop(SHUTDOWN_PATIENCE);
    }

    /** Ends kube-apiserver at once, as a crash does. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts kube-apiserver again on the same address, after {@link #stop} or {@link #kill}; waits until ready. */
    public void startAgain() throws IOException, InterruptedException {
        process = ApiServerCommand.launch(options, files, etcd.client(), port);
        awaitReady(StartDeadline.in(options.startTimeout()));
    }

    /** Stops etcd where it stands: kube-apiserver takes requests, and answers none that needs its store. */
    public void pauseStore() throws IOException, InterruptedException {
        etcd.signal("STOP");
    }

    /** Lets a paused etcd go on. */
    public void resumeStore() throws IOException, InterruptedException {
        etcd.signal("CONT");
    }

    /** Ends etcd as a crash does, and starts it again with what it stored; kube-apiserver goes on. */
    public void restartStore() throws IOException, InterruptedException {
        etcd.restart(StartDeadline.in(options.startTimeout()));
    }

    /** Stops and starts kube-apiserver; etcd goes on. */
    public void restart() throws IOException, InterruptedException {
        stop();
        startAgain();
    }

    /**
     * Makes etcd forget every resource version before {@code resourceVersion}: lists and continuations that need an
     * older one are answered with 410, as soon as kube-apiserver has noticed, which can take 15 seconds. Watches are
     * served from its own cache, which this does not touch.
     */
    public void compact(long resourceVersion) throws IOException, InterruptedException {
        etcd.compact(resourceVersion);
    }

    /** Leaves the directory with the logs behind when this is closed: call it when a test failed. */
    public void keepLogs() {
        files.keep();
    }

    /** Kills both processes and removes their files. */
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
