package dev.sluice.artifact.archive;

/**
 * How an archive is written. The number of threads never changes the bytes; the level does.
 *
 * @param level gzip level, 0 (stored) to 9; published archives use {@link #DEFAULT_LEVEL}
 * @param threads most threads that compress at the same time, at least 1; with 1 the caller's thread does it all
 */
public record ArchiveOptions(int level, int threads) {

    /** The level of published archives. */
    public static final int DEFAULT_LEVEL = 6;

    private static final int MAX_THREADS = 64;

    /** @throws IllegalArgumentException if the level or the number of threads is out of range */
    public ArchiveOptions {
        if (level < 0 || level > 9) {
            throw new IllegalArgumentException("gzip level " + level + " is not between 0 and 9");
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException(threads + " archive threads are not between 1 and " + MAX_THREADS);
        }
    }

    /** Level 6 on as many threads as there are processors. */
    public static ArchiveOptions defaults() {
        return new ArchiveOptions(
                DEFAULT_LEVEL, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    /** The same with another level: 0 or 1 are for archives that are read once on the same machine. */
    public ArchiveOptions withLevel(int newLevel) {
        return new ArchiveOptions(newLevel, threads);
    }
}
