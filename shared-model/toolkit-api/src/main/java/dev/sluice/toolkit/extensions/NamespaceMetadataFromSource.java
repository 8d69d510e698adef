package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Required;
import java.util.Map;

/**
 * Reads labels and annotations of a namespace from a {@link NamespaceMetadata} file. Keys that are not allowed are
 * ignored; a value that does not satisfy its expression is an error.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param path {@code @alias/<path>}, or {@code @artifact/<path>} for a file of the artifact
 * @param allowedAnnotations for each allowed key, a CEL expression on the string variable {@code value}
 * @param allowedLabels for each allowed key, a CEL expression on the string variable {@code value}
 */
public record NamespaceMetadataFromSource(
        String path, Map<String, String> allowedAnnotations, Map<String, String> allowedLabels) {

    public NamespaceMetadataFromSource {
        Required.field(path, "NamespaceMetadataFromSource", "path");
        allowedAnnotations = Immutable.map(allowedAnnotations);
        allowedLabels = Immutable.map(allowedLabels);
    }
}
