/** Globs as source-watcher reads them: doublestar patterns for exclude, and path.Match patterns for from. */
@NullMarked
package dev.sluice.reconciler.glob;

import org.jspecify.annotations.NullMarked;
