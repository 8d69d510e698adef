package dev.sluice.reconciler.namespaces;

import dev.sluice.reconciler.yaml.InvalidYamlException;
import dev.sluice.reconciler.yaml.YamlAllowance;
import dev.sluice.reconciler.yaml.YamlDocuments;
import dev.sluice.reconciler.yaml.YamlValues;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.NamespaceMetadata;
import dev.sluice.toolkit.meta.CommonMetadata;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses a NamespaceMetadata file as the Kubernetes libraries do: unknown fields and further documents are ignored. */
final class NamespaceMetadataFile {

    /** Maximum size of the file. */
    static final int MAX_BYTES = 1_048_576;

    private final String path;

    private NamespaceMetadataFile(String path) {
        this.path = path;
    }

    /**
     * Parses the content.
     *
     * @param path path in the source, for messages
     * @throws NamespaceFailure if the content is not valid, or of another kind or version
     * @throws IOException if the allowance throws one
     */
    static CommonMetadata parse(String path, byte[] content, YamlAllowance allowance)
            throws NamespaceFailure, IOException {
        return new NamespaceMetadataFile(path).metadata(content, allowance);
    }

    private CommonMetadata metadata(byte[] content, YamlAllowance allowance) throws NamespaceFailure, IOException {
        Map<String, @Nullable Object> document = firstDocument(content, allowance);
        requireType(document, "apiVersion", ArtifactGenerator.TYPE.kind().apiVersion());
        requireType(document, "kind", NamespaceMetadata.KIND);
        Map<String, @Nullable Object> metadata = map(document, "metadata");
        return new CommonMetadata(strings(metadata, "labels"), strings(metadata, "annotations"));
    }

    private Map<String, @Nullable Object> firstDocument(byte[] content, YamlAllowance allowance)
            throws NamespaceFailure, IOException {
        try {
            return YamlDocuments.readFirst(content, allowance);
        } catch (InvalidYamlException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private void requireType(Map<String, @Nullable Object> document, String field, String expected)
            throws NamespaceFailure {
        Object value = document.get(field);
        if (value != null && !(value instanceof String)) {
            throw invalid("%s is not a string; quote it".formatted(field));
        }
        if (value != null && !value.equals("") && !value.equals(expected)) {
            throw NamespaceFailure.retryable("namespace metadata file \"%s\" has unsupported %s \"%s\"; use \"%s\""
                    .formatted(path, field, value, expected));
        }
    }

    private Map<String, String> strings(Map<String, @Nullable Object> metadata, String field) throws NamespaceFailure {
        Map<String, String> strings = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry : map(metadata, field).entrySet()) {
            Object value = entry.getValue();
            if (value != null && !(value instanceof String)) {
                throw invalid(
                        "value of \"%s\" in metadata.%s is not a string; quote it".formatted(entry.getKey(), field));
            }
            strings.put(entry.getKey(), value == null ? "" : (String) value);
        }
        return strings;
    }

    private Map<String, @Nullable Object> map(Map<String, @Nullable Object> parent, String field)
            throws NamespaceFailure {
        Object value = parent.get(field);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map)) {
            throw invalid("%s is not a map".formatted(field));
        }
        return YamlValues.map(value);
    }

    private NamespaceFailure invalid(String problem) {
        return NamespaceFailure.retryable(
                "failed to parse namespace metadata file \"%s\": %s".formatted(path, problem));
    }
}
