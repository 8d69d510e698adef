package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.Required;

/** A generated ExternalArtifact and the stored file that it pointed to when the status was written. */
public record ArtifactInventoryEntry(String name, String namespace, String digest, String filename) {

    public ArtifactInventoryEntry {
        Required.field(name, "ArtifactInventoryEntry", "name");
        Required.field(namespace, "ArtifactInventoryEntry", "namespace");
        Required.field(digest, "ArtifactInventoryEntry", "digest");
        Required.field(filename, "ArtifactInventoryEntry", "filename");
    }
}
