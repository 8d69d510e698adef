/** Who authorizes the writes of a generator, and what the API server answers. */
@NullMarked
package dev.sluice.reconciler.access;

import org.jspecify.annotations.NullMarked;
