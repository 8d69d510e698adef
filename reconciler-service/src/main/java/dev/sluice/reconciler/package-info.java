/** The reconciler service. */
@NullMarked
package dev.sluice.reconciler;

import org.jspecify.annotations.NullMarked;
