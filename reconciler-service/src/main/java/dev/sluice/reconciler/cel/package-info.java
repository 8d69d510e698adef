/** Boolean CEL expressions of specs, with limits on their cost. */
@NullMarked
package dev.sluice.reconciler.cel;

import org.jspecify.annotations.NullMarked;
