package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.FileTree;

/** A source's tree, with the revision that stands for it. */
record LocalSource(FileTree tree, String revision) {}
