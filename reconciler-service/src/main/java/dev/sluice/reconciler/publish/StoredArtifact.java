package dev.sluice.reconciler.publish;

import dev.sluice.artifact.storage.Artifact;

/**
 * A stored file that holds the tree to publish.
 *
 * @param artifact path, URL, digest, size and time of the file; its revision is the content's
 * @param takenOver whether the file is one that the reference wrote and that is kept, revision and all
 */
public record StoredArtifact(Artifact artifact, boolean takenOver) {}
