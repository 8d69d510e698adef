package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.CommonMetadata;
import dev.sluice.toolkit.meta.Required;

/**
 * A file in a source with labels and annotations of a managed namespace. Only a file format: the API server has no
 * such kind.
 *
 * @param apiVersion always {@code v1}
 * @param kind always {@code Namespace}; no other kind is supported
 * @param metadata labels and annotations of the namespace
 */
public record NamespaceMetadata(String apiVersion, String kind, CommonMetadata metadata) {

    /** The value of {@link #kind()}. */
    public static final String KIND = "NamespaceMetadata";

    /** Replaces an empty API version or kind with that of this format. */
    public NamespaceMetadata {
        apiVersion = apiVersion.isEmpty() ? ArtifactGenerator.TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? KIND : kind;
        Required.field(metadata, KIND, "metadata");
    }
}
