/**
 * Immutable file trees: what a source, an artifact in the making and an artifact to store have in common. Start with
 * {@link dev.sluice.artifact.tree.FileTree}; {@link dev.sluice.artifact.tree.DirectoryTree} makes them from directories.
 */
@NullMarked
package dev.sluice.artifact.tree;

import org.jspecify.annotations.NullMarked;
