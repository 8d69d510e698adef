package dev.sluice.artifact.archive;

import dev.sluice.artifact.tree.LinkPolicy;

/**
 * Limits and policies for reading an archive.
 *
 * @param maxBytes most bytes of file content in all, counted while reading; {@link #UNLIMITED} for no limit
 * @param maxEntries most entries, counting those that are skipped, replaced or implied as parents
 * @param links what to do about symbolic links; hard links, devices and fifos are always refused
 * @param trailing what to do about bytes after the end
 */
public record UnpackOptions(long maxBytes, int maxEntries, LinkPolicy links, TrailingBytes trailing) {

    /** No limit of bytes. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** The limit of bytes for archives that nobody vouches for: 100 MiB. */
    public static final long DEFAULT_MAX_BYTES = 100L << 20;

    /** The limit of entries unless another is given. */
    public static final int DEFAULT_MAX_ENTRIES = 500_000;

    /** @throws IllegalArgumentException if a limit is negative */
    public UnpackOptions {
        if (maxBytes < 0 || maxEntries < 0) {
            throw new IllegalArgumentException(
                    "unpack limits of " + maxBytes + " bytes and " + maxEntries + " entries must not be negative");
        }
    }

    /** For the artifact of a Flux source whose digest was verified: unlimited bytes, links skipped, the tail ignored. */
    public static UnpackOptions fluxSource(int maxEntries) {
        return new UnpackOptions(UNLIMITED, maxEntries, LinkPolicy.SKIP, TrailingBytes.IGNORE);
    }

    /** For an archive of unknown origin: the default limits, everything doubtful refused. */
    public static UnpackOptions untrusted() {
        return new UnpackOptions(DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRIES, LinkPolicy.REFUSE, TrailingBytes.REFUSE);
    }
}
