package dev.sluice.artifact.tree;

/**
 * What is done about links, which a tree cannot hold: about symbolic links in an archive, and about symbolic links,
 * devices, sockets and fifos in a directory.
 */
public enum LinkPolicy {
    /** Leave them out, as Flux does when it fetches sources and when it archives a directory. */
    SKIP,
    /** Fail, naming the file or entry. */
    REFUSE
}
