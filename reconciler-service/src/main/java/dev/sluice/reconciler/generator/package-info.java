/** The reconcile flow: start reading at {@link dev.sluice.reconciler.generator.ArtifactGeneratorReconciler}. */
@NullMarked
package dev.sluice.reconciler.generator;

import org.jspecify.annotations.NullMarked;
