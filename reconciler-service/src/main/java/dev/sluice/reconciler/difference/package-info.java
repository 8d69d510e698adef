/** Differences between two trees, file by file and line by line. */
@NullMarked
package dev.sluice.reconciler.difference;

import org.jspecify.annotations.NullMarked;
