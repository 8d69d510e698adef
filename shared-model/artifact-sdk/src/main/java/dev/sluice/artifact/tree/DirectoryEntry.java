package dev.sluice.artifact.tree;

/** A directory. Directories have no attributes: their modes and times are not part of a tree. */
public enum DirectoryEntry implements TreeEntry {
    INSTANCE
}
