package dev.sluice.artifact.tree;

/**
 * How to handle links, which a tree cannot contain: symbolic links in an archive; symbolic links, devices, sockets and
 * fifos in a directory.
 */
public enum LinkPolicy {
    /** Skips them, as Flux does when it fetches sources and archives directories. */
    SKIP,
    /** Fails with an error that names the file or entry. */
    REFUSE
}
