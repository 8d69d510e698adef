/** Globs with the semantics of source-watcher: doublestar patterns for exclude, and path.Match patterns for from. */
@NullMarked
package dev.sluice.reconciler.glob;

import org.jspecify.annotations.NullMarked;
