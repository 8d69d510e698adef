package dev.sluice.toolkit.extensions;

import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.Required;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object that a generator manages: an ExternalArtifact and the stored file that it referred to when the status was
 * written, a Namespace, or an object of a kind that newer versions manage.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param kind absent for an ExternalArtifact, as written by older versions; since Flux 2.10
 * @param name {@code metadata.name} of the referent
 * @param namespace absent for objects without a namespace
 * @param digest of the stored file; for a Namespace, of the labels and annotations that were applied
 * @param filename absent for objects without a stored file
 */
public record ArtifactInventoryEntry(
        @Nullable String kind,
        String name,
        @Nullable String namespace,
        String digest,
        @Nullable String filename) {

    /** The kind of a managed namespace. */
    public static final String NAMESPACE_KIND = "Namespace";

    public ArtifactInventoryEntry {
        Required.field(name, "ArtifactInventoryEntry", "name");
        Required.field(digest, "ArtifactInventoryEntry", "digest");
    }

    /** Creates an entry for an ExternalArtifact, with its kind. */
    public ArtifactInventoryEntry(String name, String namespace, String digest, String filename) {
        this(ExternalArtifactPaths.KIND, name, namespace, digest, filename);
    }

    /** Creates an entry for a managed Namespace. */
    public static ArtifactInventoryEntry namespace(String name, String digest) {
        return new ArtifactInventoryEntry(NAMESPACE_KIND, name, null, digest, null);
    }

    /** Returns namespace and name of the ExternalArtifact; empty for other entries and without a name. */
    public Optional<ObjectKey> artifactKey() {
        return isArtifact() && !name.isEmpty()
                ? Optional.of(new ObjectKey(namespaceOrEmpty(), name))
                : Optional.empty();
    }

    /** Whether this is a managed Namespace. */
    public boolean isNamespace() {
        return NAMESPACE_KIND.equals(kind);
    }

    /** Whether this is an ExternalArtifact with a namespace. */
    public boolean isArtifact() {
        return (kind == null || kind.isEmpty() || kind.equals(ExternalArtifactPaths.KIND))
                && !namespaceOrEmpty().isEmpty();
    }

    private String namespaceOrEmpty() {
        return namespace == null ? "" : namespace;
    }

    /** Returns the name of the stored file; empty if it is absent. */
    public String filenameOrEmpty() {
        return filename == null ? "" : filename;
    }
}
