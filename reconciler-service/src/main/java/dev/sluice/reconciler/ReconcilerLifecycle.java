package dev.sluice.reconciler;

import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.UnreadableObjectReporter;
import dev.sluice.controller.leader.LeaderElection;
import dev.sluice.controller.leader.Leadership;
import dev.sluice.controller.queue.Controller;
import dev.sluice.reconciler.volume.VolumeMaintenance;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the caches, then the work; stops in reverse. With leader election only the leader works, while a standby keeps
 * its caches warm.
 */
final class ReconcilerLifecycle implements SmartLifecycle, Leadership {

    /** Of the pod's ten seconds; the rest is for the lease, the servers and the JVM. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(6);

    private static final Duration LAST_WAIT = Duration.ofSeconds(1);
    private static final int LOST_LEASE = 1;

    private final Informers informers;
    private final Controller<ObjectKey> controller;
    private final VolumeMaintenance keeper;
    private final UnreadableObjectReporter notices;
    private final Path volume;
    private final Optional<LeaderElection> election;
    private volatile boolean running;

    /** The election is made with this lifecycle as the work that it starts and ends; without one the work just runs. */
    ReconcilerLifecycle(
            Informers informers,
            Controller<ObjectKey> controller,
            VolumeMaintenance keeper,
            UnreadableObjectReporter notices,
            Path volume,
            Function<Leadership, Optional<LeaderElection>> election) {
        this.informers = informers;
        this.controller = controller;
        this.keeper = keeper;
        this.notices = notices;
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
     * Only who works makes the volume's identity, so that a standby never labels an empty mount; and its address is on
     * the volume before its first artifact is.
     */
    @Override
    public void begin() {
        try {
            keeper.announce();
        } catch (IOException e) {
            throw new UncheckedIOException("the volume '%s' cannot be used: %s".formatted(volume, e.getMessage()), e);
        }
        controller.resume();
        keeper.start();
        notices.start();
    }

    @Override
    public boolean end(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        notices.close();
        boolean kept = keeper.stop(limit.compareTo(LAST_WAIT) < 0 ? limit : LAST_WAIT);
        return controller.pause(Duration.ofNanos(Math.max(0, end - System.nanoTime()))) && kept;
    }

    /**
     * The process ends, as Flux controllers do: what it believes about the cluster may be another's by now. The election
     * has told of the loss.
     */
    @Override
    public void lost() {
        // not on this thread: it is the election's, and the shutdown waits for that
        new Thread(() -> System.exit(LOST_LEASE), "lost-lease").start();
    }

    @Override
    public void stop() {
        election.ifPresent(held -> held.close(STOP_GRACE));
        notices.close();
        controller.stop(election.isPresent() ? Duration.ZERO : STOP_GRACE);
        keeper.stop(LAST_WAIT);
        informers.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
