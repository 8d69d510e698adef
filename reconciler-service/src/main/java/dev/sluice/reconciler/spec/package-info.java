/** The rules of an ArtifactGenerator's spec that its schema does not state, and the artifacts that it asks for. */
@NullMarked
package dev.sluice.reconciler.spec;

import org.jspecify.annotations.NullMarked;
