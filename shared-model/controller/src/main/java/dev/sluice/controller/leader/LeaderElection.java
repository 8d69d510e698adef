package dev.sluice.controller.leader;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.concurrent.Outage;
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
 * Lets one of several processes lead, by a Lease as client-go's elector uses it, so that the two exclude each other.
 *
 * <p>A leader that cannot renew ends its work before the lease runs out for the others; the lease is released only
 * after the work has ended. Time is measured on the machine's monotonic clock; a leader also counts what the wall clock
 * moved on while that stood still, as in a suspended virtual machine. All public methods are thread-safe.
 */
public final class LeaderElection {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

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

    /** An election on the machine's clock; call {@link #start()}. */
    public LeaderElection(ApiClient client, LeaseOptions options, Leadership leadership) {
        this(client, options, leadership, Ticker.system(), InstantSource.system());
    }

    /**
     * An election; call {@link #start()}.
     *
     * @param clock of the times that are written into the Lease, and by which a leader finds that it slept
     */
    public LeaderElection(
            ApiClient client, LeaseOptions options, Leadership leadership, Ticker ticker, InstantSource clock) {
        this.options = options;
        this.leadership = leadership;
        this.ticker = ticker;
        this.term = new LeaseTerm(new LeaseStore(client, options.lease()), options, ticker, clock);
        this.thread = DaemonThreads.create("leader-election", this::run);
    }

    /** Begins to try for the lease. */
    public void start() {
        thread.start();
    }

    /**
     * Whether this process leads now, by the clock: false as soon as the renew deadline has passed, even if this
     * process was paused, or its machine suspended, and has not noticed yet. Ask before every write that only a leader may do.
     */
    public boolean isLeader() {
        return term.isHeld();
    }

    /**
     * Ends the election. A leader ends its work, within the grace period and never beyond the lease, and then releases
     * the lease. Returns when that is done.
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
            // the work's grace, and one request each that may be under way and that releases
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
                LOG.atError().setCause(e).addKeyValue("lease", options.lease()).log("Leader election failed, goes on");
                // longer than a standby waits between two looks: one that can do the work comes first
                pause(options.retryPeriod());
            }
        }
    }

    private boolean acquire() {
        try {
            boolean acquired = term.tryAcquire();
            answered();
            return acquired;
        } catch (IOException e) {
            (outage.starts() ? LOG.atWarn() : LOG.atDebug())
                    .addKeyValue("lease", options.lease())
                    .addKeyValue("error", e.getMessage())
                    .log("Cannot acquire the lease, tries again");
            return false;
        }
    }

    private void answered() {
        if (outage.ends()) {
            LOG.atInfo().addKeyValue("lease", options.lease()).log("The lease can be reached again");
        }
    }

    private void lead() {
        LOG.atInfo()
                .addKeyValue("lease", options.lease())
                .addKeyValue("identity", options.identity())
                .log("Became leader");
        begin();
        boolean kept = false;
        try {
            kept = renewUntilLostOrClosed();
        } finally {
            boolean ended = leadership.end(kept ? shorter(grace, term.left()) : term.leftOfLease());
            handBack(kept && ended && options.release());
        }
        if (!kept) {
            LOG.atError().addKeyValue("lease", options.lease()).log("Lost the lease");
            leadership.lost();
        }
    }

    /** Work that cannot begin here, on a broken volume perhaps, may begin where a standby runs: the lease is free then. */
    private void begin() {
        boolean begun = false;
        try {
            leadership.begin();
            begun = true;
        } finally {
            if (!begun) {
                handBack(leadership.end(term.left()));
            }
        }
    }

    /** False when the lease is lost, true when the election is being closed. */
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

    /** False when another process has the lease; a failure to ask leaves the rest of the time for other tries. */
    private boolean renew() {
        try {
            boolean renewed = term.tryRenew();
            answered();
            return renewed;
        } catch (IOException e) {
            (outage.starts() ? LOG.atWarn() : LOG.atDebug())
                    .addKeyValue("lease", options.lease())
                    .addKeyValue("error", e.getMessage())
                    .addKeyValue("left", term.left())
                    .log("Cannot renew the lease, tries again");
            return true;
        }
    }

    private void handBack(boolean release) {
        if (!release) {
            term.abandon();
            return;
        }
        try {
            term.release();
            LOG.atInfo().addKeyValue("lease", options.lease()).log("Released the lease");
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("lease", options.lease())
                    .addKeyValue("error", e.getMessage())
                    .log("Cannot release the lease, it runs out by itself");
        }
    }

    /** Waits, or until the election is being closed. Nobody has a reason to interrupt this thread. */
    private void pause(Duration time) {
        lock.lock();
        try {
            long end = ticker.nanos() + time.toNanos();
            for (long left = time.toNanos(); left > 0 && !closing; left = end - ticker.nanos()) {
                ticker.await(closed, left);
            }
        } catch (InterruptedException e) {
            LOG.atWarn().addKeyValue("lease", options.lease()).log("Leader election interrupted, goes on");
        } finally {
            lock.unlock();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
