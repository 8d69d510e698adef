package dev.sluice.artifact.archive;

/** What reading an archive does about symbolic links; a tree cannot hold them. */
public enum SymlinkPolicy {
    /** Fail, naming the entry. */
    REFUSE,
    /** Leave the link out, as Flux does when it fetches sources. */
    SKIP
}
