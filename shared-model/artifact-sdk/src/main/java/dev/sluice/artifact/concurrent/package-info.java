/** Interruption of long computations, background threads, maps of bounded size, and outages that are logged once. */
@NullMarked
package dev.sluice.artifact.concurrent;

import org.jspecify.annotations.NullMarked;
