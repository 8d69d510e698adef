/** Authorization of the writes of generators by access reviews. */
@NullMarked
package dev.sluice.reconciler.access;

import org.jspecify.annotations.NullMarked;
