/**
 * The reconcile flow; start at {@link dev.sluice.reconciler.generator.ArtifactGeneratorReconciler}. {@link
 * dev.sluice.reconciler.cluster} reads and writes cluster objects, {@link dev.sluice.reconciler.publish} publishes
 * artifacts.
 */
@NullMarked
package dev.sluice.reconciler.generator;

import org.jspecify.annotations.NullMarked;
