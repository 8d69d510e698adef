package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.Artifact;

/**
 * A stored file that holds the tree to publish.
 *
 * @param artifact path, URL, digest, size and time of the file; the revision is that of the content
 * @param takenOver whether the reference controller wrote the file; it is kept with its revision
 */
public record StoredArtifact(Artifact artifact, boolean takenOver) {}
