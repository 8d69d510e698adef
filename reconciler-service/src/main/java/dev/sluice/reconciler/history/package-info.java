/** The recent runs of generators with their stages, for the console. */
@NullMarked
package dev.sluice.reconciler.history;

import org.jspecify.annotations.NullMarked;
