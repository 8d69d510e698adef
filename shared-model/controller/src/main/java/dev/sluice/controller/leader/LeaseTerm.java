package dev.sluice.controller.leader;

import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequestException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lease protocol: who holds the lease, as far as this process can know. It does not trust the clocks of other
 * processes: a holder counts as gone when its lease has not changed for the whole lease duration on our monotonic
 * clock; a wall clock that is set must not end another process's lease. A holder also counts time during which its
 * machine was suspended ({@link LeaseClock}). Written by one thread.
 */
final class LeaseTerm {

    private final LeaseStore store;
    private final LeaseOptions options;
    private final Ticker ticker;
    private final InstantSource clock;

    private @Nullable LeaseRecord lease;
    private String lastRenewal = "";
    private long lastRenewalAt;

    private final LeaseClock ownTime;

    private volatile boolean holding;

    /** By {@link LeaseClock}, and by the monotonic clock alone. */
    private volatile Renewal renewed = new Renewal(0, 0);

    private record Renewal(long at, long ticks) {}

    LeaseTerm(LeaseStore store, LeaseOptions options, Ticker ticker, InstantSource clock) {
        this.store = store;
        this.options = options;
        this.ticker = ticker;
        this.clock = clock;
        this.ownTime = new LeaseClock(ticker, clock);
    }

    /**
     * Whether this process holds the lease now. Compares clocks instead of the last known state: false for a process
     * that was paused, or suspended with its machine, for too long.
     */
    boolean isHeld() {
        return holding && sinceRenewal() < options.renewDeadline().toNanos();
    }

    /**
     * Whether the lease may still be ours after the machine was suspended or the wall clock was set. The API server
     * decides, because no other process can have taken the lease without changing it.
     */
    boolean mayRenew() {
        return holding
                && ticker.nanos() - renewed.ticks() < options.renewDeadline().toNanos();
    }

    /** Time for which this process may lead without another renewal; never negative. */
    Duration left() {
        return options.renewDeadline()
                .minusNanos(Math.min(sinceRenewal(), options.renewDeadline().toNanos()));
    }

    /** Time until another process may take the lease; never negative. */
    Duration leftOfLease() {
        return holding
                ? options.leaseDuration()
                        .minusNanos(
                                Math.min(sinceRenewal(), options.leaseDuration().toNanos()))
                : Duration.ZERO;
    }

    private long sinceRenewal() {
        return ownTime.nanos() - renewed.at();
    }

    /** Time for which a renewal may be tried, see {@link #mayRenew}; never negative. */
    Duration leftToRenew() {
        Duration left = options.renewDeadline().minusNanos(ticker.nanos() - renewed.ticks());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration requestLimit() {
        return shorter(leftToRenew(), options.retryPeriod());
    }

    /** Time until a candidate's next attempt; at most until the holder's lease expires. */
    Duration untilNextTry() {
        Duration regular = options.retryPeriod().dividedBy(4);
        if (lease == null || lease.holder().isEmpty() || isOurs()) {
            return regular;
        }
        Duration left = lease.duration(options.leaseDuration()).minusNanos(ticker.nanos() - lastRenewalAt);
        return left.isNegative() ? regular : shorter(regular, left.plusMillis(1));
    }

    /**
     * Tries to acquire the lease.
     *
     * @return whether this process holds it now
     * @throws IOException if the request failed
     */
    boolean tryAcquire() throws IOException {
        observe(store.get(options.retryPeriod()));
        try {
            return mayTake() && put(options.retryPeriod());
        } catch (ApiRequestException e) {
            if (e.isConflict()) {
                // another candidate was faster
                return false;
            }
            throw e;
        }
    }

    /**
     * Tries to renew the lease.
     *
     * @return false if another process holds it
     * @throws IOException if the request failed; retry while there is time
     */
    boolean tryRenew() throws IOException {
        try {
            return put(requestLimit());
        } catch (ApiRequestException e) {
            if (!e.isConflict() && !e.isNotFound()) {
                throw e;
            }
        }
        // another client changed it: perhaps only a label, perhaps the holder
        observe(store.get(requestLimit()));
        holding = isOurs();
        return holding && put(requestLimit());
    }

    /** Releases the lease, so that another process can acquire it at once. */
    void release() throws IOException {
        holding = false;
        if (lease != null) {
            lease = store.put(lease.released(clock.instant()), options.retryPeriod());
        }
    }

    /** Stops holding the lease without a request. */
    void abandon() {
        holding = false;
    }

    private boolean put(Duration limit) throws IOException {
        // count from before the request, because the server may have processed it then
        Renewal started = new Renewal(ownTime.nanos(), ticker.nanos());
        LeaseRecord base = lease == null ? LeaseRecord.create(options) : lease;
        lease = store.put(base.heldBy(options, clock.instant()), limit);
        renewed = started;
        holding = true;
        return true;
    }

    private void observe(Optional<LeaseRecord> seen) {
        lease = seen.orElse(null);
        String renewal = seen.map(LeaseRecord::renewalMark).orElse("");
        if (!renewal.equals(lastRenewal)) {
            lastRenewal = renewal;
            lastRenewalAt = ticker.nanos();
        }
    }

    private boolean mayTake() {
        if (lease == null || lease.holder().isEmpty() || isOurs()) {
            return true;
        }
        Duration promised = lease.duration(options.leaseDuration());
        return ticker.nanos() - lastRenewalAt >= promised.toNanos();
    }

    private boolean isOurs() {
        return lease != null && lease.holder().equals(options.identity());
    }

    private static Duration shorter(Duration one, Duration other) {
        // zero would mean no limit
        Duration shorter = one.compareTo(other) < 0 ? one : other;
        return shorter.isZero() ? Duration.ofMillis(1) : shorter;
    }
}
