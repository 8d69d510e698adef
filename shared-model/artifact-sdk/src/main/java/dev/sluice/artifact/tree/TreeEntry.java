package dev.sluice.artifact.tree;

/** An entry of a tree: a directory or a file. */
public sealed interface TreeEntry permits DirectoryEntry, FileEntry {}
