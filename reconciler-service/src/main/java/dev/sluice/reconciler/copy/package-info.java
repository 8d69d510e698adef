/** Builds artifacts by applying copy operations (copy, merge, extract) to source trees. */
@NullMarked
package dev.sluice.reconciler.copy;

import org.jspecify.annotations.NullMarked;
