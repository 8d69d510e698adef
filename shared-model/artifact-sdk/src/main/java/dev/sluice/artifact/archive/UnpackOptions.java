package dev.sluice.artifact.archive;

import dev.sluice.artifact.tree.LinkPolicy;

/**
 * Limits and policies for reading an archive.
 *
 * @param maxBytes limit for the total content of files, counted while reading; {@link #UNLIMITED} for no limit
 * @param maxEntries limit for the number of entries, including those that are skipped, replaced or implied as parents
 * @param links how to handle symbolic links; hard links, devices and fifos are always refused
 * @param trailing how to handle bytes after the end
 */
public record UnpackOptions(long maxBytes, int maxEntries, LinkPolicy links, TrailingBytes trailing) {

    /** No limit for the content. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Content limit for untrusted archives: 100 MiB. */
    public static final long DEFAULT_MAX_BYTES = 100L << 20;

    /** Default limit for the number of entries. */
    public static final int DEFAULT_MAX_ENTRIES = 500_000;

    /** @throws IllegalArgumentException if a limit is negative */
    public UnpackOptions {
        if (maxBytes < 0 || maxEntries < 0) {
            throw new IllegalArgumentException(
                    "unpack limits of " + maxBytes + " bytes and " + maxEntries + " entries must not be negative");
        }
    }

    /** For a Flux source with a verified digest: no content limit, symbolic links skipped, trailing bytes ignored. */
    public static UnpackOptions fluxSource(int maxEntries) {
        return new UnpackOptions(UNLIMITED, maxEntries, LinkPolicy.SKIP, TrailingBytes.IGNORE);
    }

    /** For an archive of unknown origin: the default limits; symbolic links and trailing bytes refused. */
    public static UnpackOptions untrusted() {
        return new UnpackOptions(DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRIES, LinkPolicy.REFUSE, TrailingBytes.REFUSE);
    }
}
