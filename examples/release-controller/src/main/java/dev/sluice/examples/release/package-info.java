/** A custom source controller: Flux's guide "Building ExternalArtifact Controllers" in Java. Startup and wiring. */
@NullMarked
package dev.sluice.examples.release;

import org.jspecify.annotations.NullMarked;
