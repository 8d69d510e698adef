/** JMH benchmarks of the artifact SDK, each next to the baseline that its target names. */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
