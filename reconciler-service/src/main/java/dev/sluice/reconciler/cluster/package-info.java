/**
 * The cluster objects that runs need: generators, sources and ExternalArtifacts, read from caches that lag behind this
 * process's writes, and the ownership of ExternalArtifacts.
 */
@NullMarked
package dev.sluice.reconciler.cluster;

import org.jspecify.annotations.NullMarked;
