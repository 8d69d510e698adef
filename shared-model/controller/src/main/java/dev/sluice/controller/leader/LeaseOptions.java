package dev.sluice.controller.leader;

import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;

/**
 * Which Lease, for whom and how long.
 *
 * @param lease an object of {@code coordination.k8s.io/v1}; made when it is missing
 * @param identity of this process and of no other: host name and a random part
 * @param leaseDuration how long others wait after the last sign of life of a leader that did not release; whole seconds
 * @param renewDeadline a leader that could not renew for so long stops leading
 * @param retryPeriod between attempts to renew; candidates look four times as often, to see a crash or a release early
 * @param release whether the lease is given back when the election is closed, so that another need not wait
 */
public record LeaseOptions(
        ObjectKey lease,
        String identity,
        Duration leaseDuration,
        Duration renewDeadline,
        Duration retryPeriod,
        boolean release) {

    /** A lease that is released at the end. */
    public LeaseOptions(
            ObjectKey lease, String identity, Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {
        this(lease, identity, leaseDuration, renewDeadline, retryPeriod, true);
    }

    /**
     * Checks that a leader stops before another can start.
     *
     * @throws IllegalArgumentException unless retryPeriod &lt; renewDeadline &lt; leaseDuration, all positive, the
     *     last in whole seconds
     */
    public LeaseOptions {
        if (retryPeriod.isZero()
                || retryPeriod.isNegative()
                || retryPeriod.compareTo(renewDeadline) >= 0
                || renewDeadline.compareTo(leaseDuration) >= 0) {
            throw new IllegalArgumentException("leader election: the retry period (" + retryPeriod
                    + ") must be shorter than the renew deadline (" + renewDeadline
                    + "), and that shorter than the lease duration (" + leaseDuration + ")");
        }
        if (leaseDuration.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "leader election: the lease duration (" + leaseDuration + ") must be in whole seconds");
        }
    }

    /** The same, but left to run out instead of released when the election is closed. */
    public LeaseOptions withoutRelease() {
        return new LeaseOptions(lease, identity, leaseDuration, renewDeadline, retryPeriod, false);
    }

    /** Flux's times: 35, 30 and 5 seconds. */
    public static LeaseOptions of(ObjectKey lease, String identity) {
        return new LeaseOptions(lease, identity, Duration.ofSeconds(35), Duration.ofSeconds(30), Duration.ofSeconds(5));
    }
}
