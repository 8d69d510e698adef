/** The custom resource definitions of the Flux source API and of ArtifactGenerator, in our own description. */
@NullMarked
package dev.sluice.toolkit.crd;

import org.jspecify.annotations.NullMarked;
