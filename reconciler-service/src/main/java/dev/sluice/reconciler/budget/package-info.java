/**
 * What a run may use and what the process has: one place for the limits on entries, artifacts, bytes, heap and disk. A
 * run takes its share before it allocates. Below everything that builds; knows nothing of sources or artifacts.
 */
@NullMarked
package dev.sluice.reconciler.budget;

import org.jspecify.annotations.NullMarked;
