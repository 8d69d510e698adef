/**
 * Immutable file trees, the common representation of sources and of artifacts to store. Start with {@link
 * dev.sluice.artifact.tree.FileTree}; {@link dev.sluice.artifact.tree.DirectoryTree} reads them from directories.
 */
@NullMarked
package dev.sluice.artifact.tree;

import org.jspecify.annotations.NullMarked;
