/** JMH benchmarks of the artifact SDK, each with the baseline of its target. */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
