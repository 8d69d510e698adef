/** Starts everything on one machine. */
@NullMarked
package dev.sluice.launcher;

import org.jspecify.annotations.NullMarked;
