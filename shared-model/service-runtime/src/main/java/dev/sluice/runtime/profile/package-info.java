/** Profiles of a running service in the formats and under the paths that Go's pprof has, from the JVM's own recorder. */
@NullMarked
package dev.sluice.runtime.profile;

import org.jspecify.annotations.NullMarked;
