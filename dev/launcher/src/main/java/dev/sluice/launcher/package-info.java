/** {@code ./sluice dev}: runs Sluice on one machine without a cluster. */
@NullMarked
package dev.sluice.launcher;

import org.jspecify.annotations.NullMarked;
