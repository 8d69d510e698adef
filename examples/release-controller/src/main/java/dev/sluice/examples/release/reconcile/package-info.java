/** From a release to its ExternalArtifact: one run, its steps, and what the object says afterwards. */
@NullMarked
package dev.sluice.examples.release.reconcile;

import org.jspecify.annotations.NullMarked;
