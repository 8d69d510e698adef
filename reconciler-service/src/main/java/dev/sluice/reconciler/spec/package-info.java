/** The rules of an ArtifactGenerator's spec beyond its schema, and the artifacts that it defines. */
@NullMarked
package dev.sluice.reconciler.spec;

import org.jspecify.annotations.NullMarked;
