/** Profiles of a running service, in the format and at the paths of Go's pprof, taken with the JVM's own recorder. */
@NullMarked
package dev.sluice.runtime.profile;

import org.jspecify.annotations.NullMarked;
