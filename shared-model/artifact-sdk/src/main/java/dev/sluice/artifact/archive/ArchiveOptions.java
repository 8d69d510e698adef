package dev.sluice.artifact.archive;

/**
 * Options for writing an archive. The level affects the bytes; the number of threads does not.
 *
 * @param level gzip level, 0 (stored) to 9; published archives use {@link #DEFAULT_LEVEL}
 * @param threads maximum number of compression threads, 1 to 64; with 1, the caller's thread compresses
 */
public record ArchiveOptions(int level, int threads) {

    /** The level of published archives. */
    public static final int DEFAULT_LEVEL = 6;

    private static final int MAX_THREADS = 64;

    /** @throws IllegalArgumentException if the level or the number of threads is out of range */
    public ArchiveOptions {
        if (level < 0 || level > 9) {
            throw new IllegalArgumentException("gzip level " + level + " must be between 0 and 9");
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException(
                    "the number of archive threads must be between 1 and " + MAX_THREADS + ", not " + threads);
        }
    }

    /** Level 6 with one thread per processor. */
    public static ArchiveOptions defaults() {
        return new ArchiveOptions(
                DEFAULT_LEVEL, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    /** Returns a copy with another level; use 0 or 1 for archives that are read once on the same machine. */
    public ArchiveOptions withLevel(int newLevel) {
        return new ArchiveOptions(newLevel, threads);
    }
}
