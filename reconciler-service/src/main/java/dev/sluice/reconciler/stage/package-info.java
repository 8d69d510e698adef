/** Stages of a reconciliation and their durations. */
@NullMarked
package dev.sluice.reconciler.stage;

import org.jspecify.annotations.NullMarked;
