/**
 * Limits of runs and of the process: entries, artifacts, bytes, heap and disk. A run takes its share before it
 * allocates. Independent of sources and artifacts.
 */
@NullMarked
package dev.sluice.reconciler.budget;

import org.jspecify.annotations.NullMarked;
