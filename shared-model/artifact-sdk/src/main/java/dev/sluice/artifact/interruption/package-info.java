/** How long computations notice that their thread is interrupted. */
@NullMarked
package dev.sluice.artifact.interruption;

import org.jspecify.annotations.NullMarked;
