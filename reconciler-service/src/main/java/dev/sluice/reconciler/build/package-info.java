/** Builds artifacts: copy operations of a generator applied to source trees, and the expansion of path patterns. */
@NullMarked
package dev.sluice.reconciler.build;

import org.jspecify.annotations.NullMarked;
