package dev.sluice.controller.source;

import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.leader.LeaderElection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A controller that {@link ExternalArtifactController#start} has started. Thread-safe. */
public final class RunningController implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningController.class);
    private static final Duration STOP_GRACE = Duration.ofSeconds(6);

    private final ArtifactServer server;
    private final ProbeServer probes;
    private final Optional<ProbeServer> metrics;
    private final Deque<Runnable> stops = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What is closed after the controllers. */
    record Parts(Informers informers, EventRecorder events, BuildTools builds, ControllerCertificates certificates) {}

    RunningController(ArtifactServer server, ProbeServer probes, Optional<ProbeServer> metrics) {
        this.server = server;
        this.probes = probes;
        this.metrics = metrics;
    }

    RunningController with(
            Controllers controllers, LeadingWork leading, Optional<LeaderElection> election, Parts parts) {
        // without an election, nobody else ends the work, which may still be verifying the volume
        stops.add(() -> election.ifPresentOrElse(own -> own.close(STOP_GRACE), () -> leading.end(STOP_GRACE)));
        stops.add(() -> controllers.stop(Duration.ZERO));
        stops.add(server::close);
        stops.add(parts.informers::close);
        stops.add(parts.events::close);
        stops.add(probes::close);
        stops.add(() -> metrics.ifPresent(ProbeServer::close));
        stops.add(() -> close(parts.builds));
        stops.add(parts.certificates::close);
        return this;
    }

    /** What remains is removed at the next start. */
    private static void close(BuildTools builds) {
        try {
            builds.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", e.getMessage()).log("cannot remove build directories");
        }
    }

    /** Returns the address of the artifact server, with its actual port. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Returns the address of the probes, with its actual port. */
    public InetSocketAddress healthAddress() {
        return probes.address();
    }

    /** Returns the address of the metrics, with its actual port; empty without {@link ControllerMeters}. */
    public Optional<InetSocketAddress> metricsAddress() {
        return metrics.map(ProbeServer::address);
    }

    /**
     * Waits a few seconds for running reconciliations and downloads, releases the lease, and stops everything.
     * Idempotent. If a part cannot be stopped, stops all others, and throws the exception at the end.
     */
    @Override
    public synchronized void close() {
        try {
            runAll(stops);
        } finally {
            closed.countDown();
        }
    }

    /** Runs and removes all, and throws the first exception at the end. */
    static void runAll(Deque<Runnable> stops) {
        RuntimeException failure = null;
        while (!stops.isEmpty()) {
            try {
                stops.remove().run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits until {@link #close} was called by another thread, because no thread of the controller keeps the JVM alive. */
    public void await() throws InterruptedException {
        closed.await();
    }
}
