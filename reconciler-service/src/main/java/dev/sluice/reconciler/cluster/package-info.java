/**
 * What the cluster holds, as far as runs care: generators, sources and ExternalArtifacts, read from the caches that lag
 * behind our own writes, and whose an ExternalArtifact is.
 */
@NullMarked
package dev.sluice.reconciler.cluster;

import org.jspecify.annotations.NullMarked;
