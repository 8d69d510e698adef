/**
 * The stored files of artifacts: one atomic writer, verification, garbage collection. Start with
 * {@link dev.sluice.artifact.storage.ArtifactStorage}.
 */
@NullMarked
package dev.sluice.artifact.storage;

import org.jspecify.annotations.NullMarked;
