/** A source controller of one's own: Flux's guide "Building ExternalArtifact Controllers" in Java. Start and wiring. */
@NullMarked
package dev.sluice.examples.release;

import org.jspecify.annotations.NullMarked;
