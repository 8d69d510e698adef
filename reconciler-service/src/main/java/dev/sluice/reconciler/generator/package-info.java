/**
 * The reconcile flow: start reading at {@link dev.sluice.reconciler.generator.ArtifactGeneratorReconciler}; what its
 * steps know of the cluster is in {@link dev.sluice.reconciler.cluster}, what they have published in
 * {@link dev.sluice.reconciler.publish}.
 */
@NullMarked
package dev.sluice.reconciler.generator;

import org.jspecify.annotations.NullMarked;
