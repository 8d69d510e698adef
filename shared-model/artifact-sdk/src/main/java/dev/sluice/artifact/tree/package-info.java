/** Immutable file trees: what a source, an artifact in the making and an artifact to store have in common. */
@NullMarked
package dev.sluice.artifact.tree;

import org.jspecify.annotations.NullMarked;
