package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.FileTree;

/** A tree to publish with the provenance of its files. */
public record ExplainedTree(FileTree tree, Provenance provenance) {}
