/**
 * Storage for the files of artifacts: atomic writes, verification and garbage collection. Start with {@link
 * dev.sluice.artifact.storage.ArtifactStorage}.
 */
@NullMarked
package dev.sluice.artifact.storage;

import org.jspecify.annotations.NullMarked;
