/** The custom resource definitions of the Flux source API and of ArtifactGenerator, with our own descriptions. */
@NullMarked
package dev.sluice.toolkit.crd;

import org.jspecify.annotations.NullMarked;
