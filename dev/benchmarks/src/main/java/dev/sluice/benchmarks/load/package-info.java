/** Load tests of the artifact server, compared with nginx for the same files in the same run. */
@NullMarked
package dev.sluice.benchmarks.load;

import org.jspecify.annotations.NullMarked;
