package dev.sluice.artifact.tree;

/** What indexing a directory does about symbolic links, devices, sockets and fifos; a tree cannot hold them. */
public enum LinkPolicy {
    /** Leave them out, as Flux does when it archives a directory. */
    SKIP,
    /** Fail, naming the file. */
    REFUSE
}
