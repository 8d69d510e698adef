/** The training run that records the AOT caches of the images. */
@NullMarked
package dev.sluice.launcher.training;

import org.jspecify.annotations.NullMarked;
