/** Checks and measures the volume. */
@NullMarked
package dev.sluice.server.volume;

import org.jspecify.annotations.NullMarked;
