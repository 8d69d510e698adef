/** Typed Flux APIs. */
@NullMarked
package dev.sluice.toolkit;

import org.jspecify.annotations.NullMarked;
