package dev.sluice.runtime.profile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a profile is asked for.
 *
 * @param seconds how long to watch, or null for the kind's default; too much is cut
 * @param debug as in Go: not 0 asks for text where there is any
 * @param gc as in Go: not 0 collects garbage before a heap profile
 */
record ProfileQuery(
        @Nullable Integer seconds,
        @Nullable Integer debug,
        @Nullable Integer gc) {

    /** A profile is held in memory by nobody, but it costs a little as long as it runs. */
    static final int MAX_SECONDS = 120;

    Duration time(ProfileKind kind) {
        return seconds == null ? kind.defaultTime() : Duration.ofSeconds(Math.max(1, Math.min(seconds, MAX_SECONDS)));
    }

    boolean asText() {
        return debug != null && debug != 0;
    }

    boolean collectsGarbage() {
        return gc != null && gc != 0;
    }
}
