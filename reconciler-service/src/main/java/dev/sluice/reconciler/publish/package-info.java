/** Publication of artifacts: stored files, ExternalArtifacts, and drift detection for both. */
@NullMarked
package dev.sluice.reconciler.publish;

import org.jspecify.annotations.NullMarked;
