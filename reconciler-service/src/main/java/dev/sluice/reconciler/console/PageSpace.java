package dev.sluice.reconciler.console;

/**
 * The space for texts of tenants on one page, because some rows can be a thousand times as long as others. A page
 * counts the rows that do not fit instead of showing them. Not thread-safe.
 */
final class PageSpace {

    static final int MAX_CHARACTERS = 2 << 20;

    private int left = MAX_CHARACTERS;

    /** Whether a row with these texts, and all before it, fit. */
    boolean fits(String... texts) {
        for (String text : texts) {
            left -= Math.min(Math.max(0, left) + 1, text.length());
        }
        return left >= 0;
    }
}
