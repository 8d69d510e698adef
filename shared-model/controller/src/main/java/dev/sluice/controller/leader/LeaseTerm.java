package dev.sluice.controller.leader;

import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequestException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The protocol: who holds the lease, as far as this process can know. Other processes' clocks are not trusted: a holder
 * is gone when its lease has not changed for its whole duration, on our own monotonic clock: a wall clock that is set must
 * not take a lease from anybody. A holder counts the time that it slept as well ({@link LeaseClock}). Written by one
 * thread.
 */
final class LeaseTerm {

    private final LeaseStore store;
    private final LeaseOptions options;
    private final Ticker ticker;
    private final InstantSource clock;

    private @Nullable LeaseRecord lease;
    private String lastSign = "";
    private long lastSignAt;

    private final LeaseClock ownTime;

    private volatile boolean holding;

    /** On our own time, and on the monotonic clock alone. */
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
     * By the clock, not by what was last heard: a process that was paused, or slept with its machine, finds that it does
     * not hold the lease.
     */
    boolean isHeld() {
        return holding && sinceRenewal() < options.renewDeadline().toNanos();
    }

    /**
     * Whether the lease may still be ours though we slept, or though the wall clock was set: the API server knows, as
     * nobody can have taken it without changing it.
     */
    boolean mayRenew() {
        return holding
                && ticker.nanos() - renewed.ticks() < options.renewDeadline().toNanos();
    }

    /** How long this process may still lead without another renewal; never negative. */
    Duration left() {
        return options.renewDeadline()
                .minusNanos(Math.min(sinceRenewal(), options.renewDeadline().toNanos()));
    }

    /** How long until no other process can be told that this one holds the lease; never negative. */
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

    /** How long it may be tried to renew, see {@link #mayRenew}; never negative. */
    Duration leftToRenew() {
        Duration left = options.renewDeadline().minusNanos(ticker.nanos() - renewed.ticks());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration requestLimit() {
        return shorter(leftToRenew(), options.retryPeriod());
    }

    /** How long a candidate waits before another look; not beyond the moment at which the holder's lease runs out. */
    Duration untilNextTry() {
        Duration regular = options.retryPeriod().dividedBy(4);
        if (lease == null || lease.holder().isEmpty() || isOurs()) {
            return regular;
        }
        Duration left = lease.duration(options.leaseDuration()).minusNanos(ticker.nanos() - lastSignAt);
        return left.isNegative() ? regular : shorter(regular, left.plusMillis(1));
    }

    /**
     * Tries to get the lease.
     *
     * @return whether this process holds it now
     * @throws IOException if the API server could not be asked
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
     * Tries to keep the lease.
     *
     * @return false if another process holds it
     * @throws IOException if the API server could not be asked; try again while there is time
     */
    boolean tryRenew() throws IOException {
        try {
            return put(requestLimit());
        } catch (ApiRequestException e) {
            if (!e.isConflict() && !e.isNotFound()) {
                throw e;
            }
        }
        // somebody wrote to it: a label perhaps, or another holder
        observe(store.get(requestLimit()));
        holding = isOurs();
        return holding && put(requestLimit());
    }

    /** Gives it up. Whoever waits can have it at once. */
    void release() throws IOException {
        holding = false;
        if (lease != null) {
            lease = store.put(lease.released(clock.instant()), options.retryPeriod());
        }
    }

    /** It is not ours any more, whatever the server says. */
    void abandon() {
        holding = false;
    }

    private boolean put(Duration limit) throws IOException {
        // counted from before the request: the server may have seen it then
        Renewal started = new Renewal(ownTime.nanos(), ticker.nanos());
        LeaseRecord base = lease == null ? LeaseRecord.create(options) : lease;
        lease = store.put(base.heldBy(options, clock.instant()), limit);
        renewed = started;
        holding = true;
        return true;
    }

    private void observe(Optional<LeaseRecord> seen) {
        lease = seen.orElse(null);
        String sign = seen.map(LeaseRecord::signOfLife).orElse("");
        if (!sign.equals(lastSign)) {
            lastSign = sign;
            lastSignAt = ticker.nanos();
        }
    }

    private boolean mayTake() {
        if (lease == null || lease.holder().isEmpty() || isOurs()) {
            return true;
        }
        Duration promised = lease.duration(options.leaseDuration());
        return ticker.nanos() - lastSignAt >= promised.toNanos();
    }

    private boolean isOurs() {
        return lease != null && lease.holder().equals(options.identity());
    }

    private static Duration shorter(Duration one, Duration other) {
        // zero would mean no limit at all
        Duration shorter = one.compareTo(other) < 0 ? one : other;
        return shorter.isZero() ? Duration.ofMillis(1) : shorter;
    }
}
