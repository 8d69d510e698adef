/** Load on the artifact server, and on nginx with the same files in the same run. */
@NullMarked
package dev.sluice.benchmarks.load;

import org.jspecify.annotations.NullMarked;
