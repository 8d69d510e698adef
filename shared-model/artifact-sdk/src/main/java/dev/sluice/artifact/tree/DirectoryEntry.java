package dev.sluice.artifact.tree;

/** A directory. It has no attributes of its own, so there is only one. */
public enum DirectoryEntry implements TreeEntry {
    /** All directories are alike: their modes and times are not part of a tree. */
    INSTANCE
}
