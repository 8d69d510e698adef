package dev.sluice.controller.leader;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.concurrent.Outage;
import dev.sluice.controller.queue.BackOff;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.controller.queue.Ticker;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects one leader among several processes with a Lease, compatible with client-go's leader election.
 *
 * <p>A leader that cannot renew the lease ends its work before the lease expires for the others; it releases the lease
 * only after the work has ended. Time is measured with the monotonic clock; a leader also counts wall-clock time during
 * which the monotonic clock stood still, as in a suspended virtual machine. All public methods are thread-safe.
 */
public final class LeaderElection {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

    private static final String WORK = "work";
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);
    private static final double JITTER = 0.2;

    private final LeaseOptions options;
    private final Leadership leadership;
    private final LeaseTerm term;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closed = lock.newCondition();
    private final Thread thread;
    private volatile boolean closing;
    private volatile Duration grace = Duration.ZERO;

    private final Outage outage = new Outage();

    /** After failures to begin. The only key is {@link #WORK}. */
    private final BackOff<String> workBackOff;

    /** Creates an election on the system clocks; call {@link #start()}. */
    public LeaderElection(ApiClient client, LeaseOptions options, Leadership leadership) {
        this(client, options, leadership, Ticker.system(), InstantSource.system());
    }

    /**
     * Creates an election; call {@link #start()}.
     *
     * @param clock clock for the times in the Lease, and for detecting that the machine was suspended
     */
    public LeaderElection(
            ApiClient client, LeaseOptions options, Leadership leadership, Ticker ticker, InstantSource clock) {
        this.options = options;
        this.leadership = leadership;
        this.ticker = ticker;
        this.term = new LeaseTerm(new LeaseStore(client, options.lease()), options, ticker, clock);
        this.workBackOff = new BackOff<>(backOffOf(options), Math::random);
        this.thread = DaemonThreads.create("leader-election", this::run);
    }

    /** At least as long as a standby waits between two attempts, so that a standby that can do the work goes first. */
    private static BackOffOptions backOffOf(LeaseOptions options) {
        Duration min = options.retryPeriod().multipliedBy(5).dividedBy(4);
        return new BackOffOptions(min, min.compareTo(LONGEST_BACK_OFF) > 0 ? min : LONGEST_BACK_OFF, JITTER);
    }

    /** Starts trying to acquire the lease. */
    public void start() {
        thread.start();
    }

    /**
     * Whether this process leads now. False as soon as the renew deadline has passed, even if this process was paused
     * or its machine suspended and has not noticed yet. Check it before every write that only a leader may make.
     */
    public boolean isLeader() {
        return term.isHeld();
    }

    /**
     * Stops the election. A leader ends its work within the grace period, and before the lease expires, and then
     * releases the lease. Blocks until that is done.
     */
    public void close(Duration grace) {
        this.grace = grace;
        lock.lock();
        try {
            closing = true;
            closed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            // the grace period, one request that may be in flight, and the request that releases the lease
            thread.join(grace.plus(options.retryPeriod().multipliedBy(2)).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            try {
                if (acquire()) {
                    lead();
                }
                pause(term.untilNextTry());
            } catch (RuntimeException | Error e) {
                LOG.atError().setCause(e).addKeyValue("lease", options.lease()).log("leader election failed; retrying");
                pause(workBackOff.next(WORK));
            }
        }
    }

    private boolean acquire() {
        try {
            boolean acquired = term.tryAcquire();
            logRecovery();
            return acquired;
        } catch (IOException e) {
            (outage.starts() ? LOG.atWarn() : LOG.atDebug())
                    .addKeyValue("lease", options.lease())
                    .addKeyValue("error", e.getMessage())
                    .log("cannot acquire the lease; retrying");
            return false;
        }
    }

    private void logRecovery() {
        if (outage.ends()) {
            LOG.atInfo().addKeyValue("lease", options.lease()).log("lease reachable again");
        }
    }

    private void lead() {
        LOG.atInfo()
                .addKeyValue("lease", options.lease())
                .addKeyValue("identity", options.identity())
                .log("became leader");
        begin();
        boolean kept = false;
        try {
            kept = renewUntilLostOrClosed();
        } finally {
            boolean ended = leadership.end(kept ? shorter(grace, term.left()) : term.leftOfLease());
            giveUp(kept && ended && options.release());
        }
        if (!kept) {
            LOG.atError().addKeyValue("lease", options.lease()).log("lost the lease");
            leadership.lost();
        }
    }

    /**
     * Starts the work. If that fails, for example on a broken volume, the lease is released for a standby that can do
     * it.
     */
    private void begin() {
        boolean begun = false;
        try {
            leadership.begin();
            workBackOff.reset(WORK);
            begun = true;
        } finally {
            if (!begun) {
                giveUp(leadership.end(term.left()));
            }
        }
    }

    /** Returns false if the lease is lost, true if the election is being closed. */
    private boolean renewUntilLostOrClosed() {
        while (!closing) {
            pause(shorter(options.retryPeriod(), term.leftToRenew()));
            if (closing) {
                break;
            }
            if (!term.mayRenew() || !renew()) {
                return false;
            }
        }
        return term.isHeld();
    }

    /**
     * Returns false if another process holds the lease, true if the request failed and there may be time for another
     * attempt.
     */
    private boolean renew() {
        try {
            boolean renewed = term.tryRenew();
            logRecovery();
            return renewed;
        } catch (IOException e) {
            (outage.starts() ? LOG.atWarn() : LOG.atDebug())
                    .addKeyValue("lease", options.lease())
                    .addKeyValue("error", e.getMessage())
                    .addKeyValue("left", term.left())
                    .log("cannot renew the lease; retrying");
            return true;
        }
    }

    private void giveUp(boolean release) {
        if (!release) {
            term.abandon();
            return;
        }
        try {
            term.release();
            LOG.atInfo().addKeyValue("lease", options.lease()).log("released the lease");
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("lease", options.lease())
                    .addKeyValue("error", e.getMessage())
                    .log("cannot release the lease; it expires by itself");
        }
    }

    /** Waits for this time or until the election is closed. This thread is never interrupted on purpose. */
    private void pause(Duration time) {
        lock.lock();
        try {
            long end = ticker.nanos() + time.toNanos();
            for (long left = time.toNanos(); left > 0 && !closing; left = end - ticker.nanos()) {
                ticker.await(closed, left);
            }
        } catch (InterruptedException e) {
            LOG.atWarn().addKeyValue("lease", options.lease()).log("leader election interrupted; continuing");
        } finally {
            lock.unlock();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
