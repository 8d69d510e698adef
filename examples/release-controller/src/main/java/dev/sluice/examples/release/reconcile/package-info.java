/** Reconciles a release to its ExternalArtifact and reports the result. */
@NullMarked
package dev.sluice.examples.release.reconcile;

import org.jspecify.annotations.NullMarked;
