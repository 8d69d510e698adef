package dev.sluice.runtime.profile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a profile request.
 *
 * @param seconds duration of the recording, limited to a maximum; null for the default of the profile
 * @param debug as in Go: non-zero requests text where available
 * @param gc as in Go: non-zero collects garbage before a heap profile
 */
record ProfileQuery(
        @Nullable Integer seconds,
        @Nullable Integer debug,
        @Nullable Integer gc) {

    /** Limit, because a running profile has a small cost. */
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
