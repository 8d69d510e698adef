package dev.sluice.artifact.archive;

/** How a reader handles bytes after the end of an archive; zero padding is always accepted. */
public enum TrailingBytes {
    /** Ignores them; for archives whose digest was verified as a whole. */
    IGNORE,
    /** Fails. */
    REFUSE
}
