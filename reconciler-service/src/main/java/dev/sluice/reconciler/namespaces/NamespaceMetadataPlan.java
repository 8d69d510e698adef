package dev.sluice.reconciler.namespaces;

import dev.sluice.toolkit.extensions.ExtensionsAnnotations;
import dev.sluice.toolkit.extensions.GeneratorLabels;
import dev.sluice.toolkit.extensions.NamespaceMetadataFrom;
import dev.sluice.toolkit.meta.CommonMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Computes the labels and annotations of a namespace: the common metadata, the file, each operation in order, and last
 * the two labels that nothing overrides.
 *
 * @param generatorUid the value of the generator label
 * @param common the generator's common metadata
 */
record NamespaceMetadataPlan(
        String generatorUid, @Nullable CommonMetadata common, List<NamespaceMetadataFrom> operations) {

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    NamespaceMetadataPlan {
        operations = List.copyOf(operations);
    }

    /**
     * Computes the metadata of one namespace.
     *
     * @param file the allowed part of the namespace's file; empty without one
     * @throws NamespaceFailure if the result has an annotation that only others may set
     */
    DesiredNamespace of(String namespace, CommonMetadata file) throws NamespaceFailure {
        Map<String, String> labels = compute(namespace, CommonMetadata::labels, file, NamespaceMetadataFrom::labels);
        Map<String, String> annotations =
                compute(namespace, CommonMetadata::annotations, file, NamespaceMetadataFrom::annotations);
        requireUnset(namespace, annotations, ExtensionsAnnotations.EXTERNAL_FINALIZER, "external finalizers");
        for (String key : NamespaceOrigin.KEYS) {
            requireUnset(namespace, annotations, key, "the origin of namespaces");
        }
        labels.put(MANAGED_BY, GeneratorLabels.MANAGED_BY_VALUE);
        labels.put(GeneratorLabels.GENERATOR, generatorUid);
        return new DesiredNamespace(namespace, labels, annotations);
    }

    private Map<String, String> compute(
            String namespace,
            Function<CommonMetadata, Map<String, String>> part,
            CommonMetadata file,
            Function<NamespaceMetadataFrom, Map<String, String>> operationPart) {
        Map<String, String> values = new LinkedHashMap<>();
        if (common != null) {
            values.putAll(part.apply(common));
        }
        values.putAll(part.apply(file));
        for (NamespaceMetadataFrom operation : operations) {
            if (operation.namespace().equals(NamespaceMetadataFrom.ALL)
                    || operation.namespace().equals(namespace)) {
                apply(operation.strategy(), operationPart.apply(operation), values);
            }
        }
        return values;
    }

    private static void apply(String strategy, Map<String, String> operation, Map<String, String> values) {
        switch (strategy) {
            case NamespaceMetadataFrom.RESET -> {
                values.clear();
                values.putAll(operation);
            }
            case NamespaceMetadataFrom.MERGE -> operation.forEach(values::putIfAbsent);
            default -> values.putAll(operation);
        }
    }

    private static void requireUnset(String namespace, Map<String, String> annotations, String key, String purpose)
            throws NamespaceFailure {
        if (!annotations.getOrDefault(key, "").isEmpty()) {
            throw NamespaceFailure.retryable(
                    "metadata for namespace \"%s\" must not set the reserved \"%s\" annotation, it is reserved for %s"
                            .formatted(namespace, key, purpose));
        }
        annotations.remove(key);
    }
}
