/** The format of log lines: JSON for the tools of Flux, or human-readable text. */
@NullMarked
package dev.sluice.runtime.logging;

import org.jspecify.annotations.NullMarked;
