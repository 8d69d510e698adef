package dev.sluice.reconciler.text;

import java.util.Locale;

/** Sizes as text, such as {@code 1.5 KiB}. */
public final class ByteSize {

    private static final double KIB = 1024;
    private static final String UNITS = "BKMGT";

    private ByteSize() {}

    /** Returns the size in bytes, or in the largest unit up to TiB of which it is at least one. */
    public static String of(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= KIB && unit < UNITS.length() - 1) {
            size /= KIB;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %siB", size, UNITS.charAt(unit));
    }
}
