/** Builds artifacts: applies copy operations to source trees (copy, merge, extract). */
@NullMarked
package dev.sluice.reconciler.copy;

import org.jspecify.annotations.NullMarked;
