package dev.sluice.reconciler.text;

import java.util.Locale;

/** Sizes as text, such as {@code 1.5 KiB}. */
public final class ByteSize {

    private static final double KIB = 1024;
    private static final double MIB = KIB * 1024;

    private ByteSize() {}

    /** Returns the size in bytes, KiB or MiB. */
    public static String of(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        return bytes < MIB
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / KIB)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
    }
}
