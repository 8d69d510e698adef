package dev.sluice.reconciler;

import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.UnreadableObjectReporter;
import dev.sluice.controller.leader.LeaderElection;
import dev.sluice.controller.leader.Leadership;
import dev.sluice.controller.queue.Controller;
import dev.sluice.reconciler.volume.VolumeMaintenance;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the caches, then the controller; stops in reverse order. With leader election only the leader reconciles; a
 * standby keeps its caches warm.
 */
final class ReconcilerLifecycle implements SmartLifecycle, Leadership {

    /**
     * Part of the pod's termination grace period of ten seconds; the rest is for the lease, the servers and the JVM.
     */
    private static final Duration STOP_GRACE = Duration.ofSeconds(6);

    private static final Duration MAINTENANCE_STOP_LIMIT = Duration.ofSeconds(1);
    private static final int LOST_LEASE = 1;

    private final Informers informers;
    private final Controller<ObjectKey> controller;
    private final VolumeMaintenance maintenance;
    private final UnreadableObjectReporter reporter;
    private final Path volume;
    private final Optional<LeaderElection> election;
    private volatile boolean running;

    /** The election starts and stops this lifecycle's work; without one, the work starts at once. */
    ReconcilerLifecycle(
            Informers informers,
            Controller<ObjectKey> controller,
            VolumeMaintenance maintenance,
            UnreadableObjectReporter reporter,
            Path volume,
            Function<Leadership, Optional<LeaderElection>> election) {
        this.informers = informers;
        this.controller = controller;
        this.maintenance = maintenance;
        this.reporter = reporter;
        this.volume = volume;
        this.election = election.apply(this);
    }

    @Override
    public void start() {
        informers.start();
        controller.pause(Duration.ZERO);
        controller.start();
        election.ifPresentOrElse(LeaderElection::start, this::begin);
        running = true;
    }

    /**
     * Announces the volume before the first artifact is written. Only the leader creates the volume's identity, so that
     * a standby never labels an empty mount.
     */
    @Override
    public void begin() {
        try {
            maintenance.announce();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot use the volume '%s': %s".formatted(volume, ErrorText.describe(e)), e);
        }
        controller.resume();
        maintenance.start();
        reporter.start();
    }

    @Override
    public boolean end(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        reporter.close();
        boolean stopped =
                maintenance.stop(limit.compareTo(MAINTENANCE_STOP_LIMIT) < 0 ? limit : MAINTENANCE_STOP_LIMIT);
        return controller.pause(Duration.ofNanos(Math.max(0, end - System.nanoTime()))) && stopped;
    }

    /**
     * Exits the process, as Flux controllers do, because its view of the cluster may be outdated. The election has
     * logged the loss.
     */
    @Override
    public void lost() {
        // on a new thread, because the shutdown waits for the election's thread
        new Thread(() -> System.exit(LOST_LEASE), "lost-lease").start();
    }

    @Override
    public void stop() {
        election.ifPresent(held -> held.close(STOP_GRACE));
        reporter.close();
        controller.stop(election.isPresent() ? Duration.ZERO : STOP_GRACE);
        maintenance.stop(MAINTENANCE_STOP_LIMIT);
        informers.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
