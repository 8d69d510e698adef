package dev.sluice.artifact.tree;

/** What stands at a path of a tree: a directory or a file, and nothing else. */
public sealed interface TreeEntry permits DirectoryEntry, FileEntry {}
