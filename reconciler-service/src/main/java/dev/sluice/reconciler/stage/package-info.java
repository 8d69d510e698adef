/** The parts of a reconciliation that take time, and how long they took. */
@NullMarked
package dev.sluice.reconciler.stage;

import org.jspecify.annotations.NullMarked;
