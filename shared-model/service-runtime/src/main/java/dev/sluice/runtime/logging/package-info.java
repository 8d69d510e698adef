/** The shape of log lines: JSON as the tools of Flux read it, or text for people. */
@NullMarked
package dev.sluice.runtime.logging;

import org.jspecify.annotations.NullMarked;
