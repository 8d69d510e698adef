package dev.sluice.controller.leader;

import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;

/**
 * The Lease, the identity of this process and the times of a leader election.
 *
 * @param lease an object of {@code coordination.k8s.io/v1}; created if it does not exist
 * @param identity unique identity of this process: host name and a random part
 * @param leaseDuration how long others wait after the last renewal of a leader that did not release; whole seconds
 * @param renewDeadline a leader that could not renew for this long stops leading
 * @param retryPeriod time between attempts to renew; candidates check four times as often, to detect a crash or a
 *     release early
 * @param release whether the lease is released when the election is closed, so that another process need not wait
 */
public record LeaseOptions(
        ObjectKey lease,
        String identity,
        Duration leaseDuration,
        Duration renewDeadline,
        Duration retryPeriod,
        boolean release) {

    /** Creates options for a lease that is released at the end. */
    public LeaseOptions(
            ObjectKey lease, String identity, Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {
        this(lease, identity, leaseDuration, renewDeadline, retryPeriod, true);
    }

    /**
     * Validates that a leader stops before another can start.
     *
     * @throws IllegalArgumentException unless retryPeriod &lt; renewDeadline &lt; leaseDuration, all are positive, and
     *     leaseDuration is in whole seconds
     */
    public LeaseOptions {
        if (retryPeriod.isZero()
                || retryPeriod.isNegative()
                || retryPeriod.compareTo(renewDeadline) >= 0
                || renewDeadline.compareTo(leaseDuration) >= 0) {
            throw new IllegalArgumentException("leader election: the retry period (" + retryPeriod
                    + ") must be shorter than the renew deadline (" + renewDeadline
                    + "), which must be shorter than the lease duration (" + leaseDuration + ")");
        }
        if (leaseDuration.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "leader election: the lease duration (" + leaseDuration + ") must be in whole seconds");
        }
    }

    /** Returns the same options, but with the lease left to expire when the election is closed. */
    public LeaseOptions withoutRelease() {
        return new LeaseOptions(lease, identity, leaseDuration, renewDeadline, retryPeriod, false);
    }

    /** Creates options with Flux's times: 35, 30 and 5 seconds. */
    public static LeaseOptions of(ObjectKey lease, String identity) {
        return new LeaseOptions(lease, identity, Duration.ofSeconds(35), Duration.ofSeconds(30), Duration.ofSeconds(5));
    }
}
