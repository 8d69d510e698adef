package dev.sluice.runtime.profile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Allows one profile at a time, because two would measure each other. Thread-safe. */
final class ProfileLock {

    private final InstantSource clock;
    private final AtomicReference<@Nullable Holder> holder = new AtomicReference<>();

    private record Holder(ProfileKind kind, Instant until) {}

    ProfileLock(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Runs the work unless other work is running.
     *
     * @throws ProfileException if other work is running, with its name and remaining time
     */
    ProfileResponse take(ProfileKind kind, Duration time, Work work) throws ProfileException, InterruptedException {
        Holder mine = new Holder(kind, clock.instant().plus(time));
        Holder other = holder.compareAndExchange(null, mine);
        if (other != null) {
            long left =
                    Math.max(1, Duration.between(clock.instant(), other.until).toSeconds() + 1);
            throw ProfileException.conflict(
                    "the profile \"%s\" is running and ends in about %d s; retry then, because profiles run one at a time"
                            .formatted(other.kind.path(), left));
        }
        try {
            return work.run();
        } finally {
            holder.set(null);
        }
    }

    /** Takes a profile. */
    interface Work {
        ProfileResponse run() throws ProfileException, InterruptedException;
    }
}
