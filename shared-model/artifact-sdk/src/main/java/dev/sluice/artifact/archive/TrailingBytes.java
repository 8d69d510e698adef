package dev.sluice.artifact.archive;

/** What reading an archive does about bytes after its end; zero padding is always accepted. */
public enum TrailingBytes {
    /** Leave them unread: for archives whose digest as a whole was verified. */
    IGNORE,
    /** Fail. */
    REFUSE
}
