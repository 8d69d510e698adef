package dev.sluice.runtime.flag;

import dev.sluice.artifact.config.GoDuration;
import java.time.Duration;

/** Flag types for Go durations. */
final class Durations {

    private static final String EXAMPLES = "a Go duration such as 750ms, 30s, 10m or 1h30m";

    private Durations() {}

    static FlagType type(boolean zeroAllowed) {
        String allowed = EXAMPLES + (zeroAllowed ? "" : ", above zero");
        return new FlagType("duration", allowed, text -> canonical(text, zeroAllowed));
    }

    /** Also accepts ISO-8601, which is never a valid Go duration, for values given as Spring properties. */
    private static String canonical(String text, boolean zeroAllowed) {
        Duration duration = text.startsWith("P") ? Duration.parse(text) : GoDuration.parse(text);
        if (duration.isNegative() || (duration.isZero() && !zeroAllowed)) {
            throw new IllegalArgumentException("out of range");
        }
        return duration.toString();
    }
}
