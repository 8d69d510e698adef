/** Runs both services once on the examples, so that the images start from what their JVMs have learned. */
@NullMarked
package dev.sluice.launcher.training;

import org.jspecify.annotations.NullMarked;
