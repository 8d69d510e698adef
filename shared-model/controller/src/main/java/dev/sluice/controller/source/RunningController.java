package dev.sluice.controller.source;

import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.leader.LeaderElection;
import dev.sluice.controller.queue.Controller;
import dev.sluice.toolkit.meta.ObjectKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A controller that {@link ExternalArtifactController#start} has started. Thread-safe. */
public final class RunningController implements AutoCloseable {

    private static final Duration STOP_GRACE = Duration.ofSeconds(6);

    private final ArtifactServer server;
    private final ProbeServer probes;
    private final Controller<ObjectKey> controller;
    private final Deque<Runnable> stops = new ArrayDeque<>();

    RunningController(ArtifactServer server, ProbeServer probes, Controller<ObjectKey> controller) {
        this.server = server;
        this.probes = probes;
        this.controller = controller;
    }

    RunningController with(
            Informers informers,
            EventRecorder events,
            Optional<LeaderElection> election,
            Optional<ProbeServer> metrics) {
        stops.add(() -> election.ifPresent(own -> own.close(STOP_GRACE)));
        stops.add(() -> controller.stop(election.isPresent() ? Duration.ZERO : STOP_GRACE));
        stops.add(server::close);
        stops.add(informers::close);
        stops.add(events::close);
        stops.add(probes::close);
        stops.add(() -> metrics.ifPresent(ProbeServer::close));
        return this;
    }

    /** Returns the address of the artifact server, with its actual port. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Returns the address of the probes, with its actual port. */
    public InetSocketAddress healthAddress() {
        return probes.address();
    }

    /**
     * Waits a few seconds for running reconciliations and downloads, releases the lease, and stops everything.
     * Idempotent.
     */
    @Override
    public synchronized void close() {
        while (!stops.isEmpty()) {
            stops.remove().run();
        }
    }
}
