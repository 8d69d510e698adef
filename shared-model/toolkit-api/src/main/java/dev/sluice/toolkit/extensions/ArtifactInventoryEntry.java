package dev.sluice.toolkit.extensions;

import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * An object that a generator manages: an ExternalArtifact and the stored file that it referred to when the status was
 * written, or an object of a kind that newer versions manage.
 *
 * @param kind absent for an ExternalArtifact, as written by older versions
 * @param namespace absent for objects without a namespace
 * @param filename absent for objects without a stored file
 */
public record ArtifactInventoryEntry(
        @Nullable String kind,
        String name,
        @Nullable String namespace,
        String digest,
        @Nullable String filename) {

    public ArtifactInventoryEntry {
        Required.field(name, "ArtifactInventoryEntry", "name");
        Required.field(digest, "ArtifactInventoryEntry", "digest");
    }

    /** Creates an entry for an ExternalArtifact. */
    public ArtifactInventoryEntry(String name, String namespace, String digest, String filename) {
        this(null, name, namespace, digest, filename);
    }

    /** Whether this is an ExternalArtifact with a namespace; other entries belong to other versions. */
    public boolean isArtifact() {
        return (kind == null || kind.isEmpty() || kind.equals(ExternalArtifactPaths.KIND))
                && namespace != null
                && !namespace.isEmpty();
    }

    /** Returns the name of the stored file; empty if it is absent. */
    public String filenameOrEmpty() {
        return filename == null ? "" : filename;
    }
}
