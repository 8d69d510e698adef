package dev.sluice.launcher.view;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats sizes, durations and revisions for people. */
public final class Amounts {

    private static final int SHORT_HASH = 12;

    private Amounts() {}

    public static String size(@Nullable Long bytes) {
        if (bytes == null) {
            return "-";
        }
        if (bytes < 1024) {
            return bytes + " B";
        }
        double kib = bytes / 1024.0;
        return kib < 1024
                ? String.format(Locale.ROOT, "%.1f KiB", kib)
                : String.format(Locale.ROOT, "%.1f MiB", kib / 1024);
    }

    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    /** Shortens the hash of a revision to 12 digits. */
    public static String revision(String revision) {
        int colon = revision.lastIndexOf(':');
        int end = colon + 1 + SHORT_HASH;
        return colon > 0 && revision.length() > end ? revision.substring(0, end) + "…" : revision;
    }
}
