package dev.sluice.reconciler.namespaces;

import dev.sluice.reconciler.cel.CelCondition;
import dev.sluice.reconciler.cel.CelException;
import dev.sluice.toolkit.extensions.NamespaceMetadataFromSource;
import dev.sluice.toolkit.meta.CommonMetadata;
import java.util.LinkedHashMap;
import java.util.Map;

/** The labels and annotations that a file may set, and the expressions that their values must satisfy. */
final class AllowedMetadata {

    private final Map<String, CelCondition> labels;
    private final Map<String, CelCondition> annotations;

    private AllowedMetadata(Map<String, CelCondition> labels, Map<String, CelCondition> annotations) {
        this.labels = Map.copyOf(labels);
        this.annotations = Map.copyOf(annotations);
    }

    /** @throws CelException if an expression is invalid */
    static AllowedMetadata compile(NamespaceMetadataFromSource source) throws CelException {
        return new AllowedMetadata(compile(source.allowedLabels()), compile(source.allowedAnnotations()));
    }

    private static Map<String, CelCondition> compile(Map<String, String> expressions) throws CelException {
        Map<String, CelCondition> conditions = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : expressions.entrySet()) {
            conditions.put(entry.getKey(), CelCondition.compile(entry.getValue(), "value"));
        }
        return conditions;
    }

    /**
     * Returns the part of the file that is allowed; other keys are ignored.
     *
     * @throws NamespaceFailure if a value does not satisfy its expression
     */
    CommonMetadata filter(String path, CommonMetadata file) throws NamespaceFailure {
        return new CommonMetadata(
                filter(path, "label", file.labels(), labels),
                filter(path, "annotation", file.annotations(), annotations));
    }

    private static Map<String, String> filter(
            String path, String type, Map<String, String> values, Map<String, CelCondition> conditions)
            throws NamespaceFailure {
        Map<String, String> allowed = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            CelCondition condition = conditions.get(entry.getKey());
            if (condition != null) {
                require(path, type, entry, condition);
                allowed.put(entry.getKey(), entry.getValue());
            }
        }
        return allowed;
    }

    private static void require(String path, String type, Map.Entry<String, String> entry, CelCondition condition)
            throws NamespaceFailure {
        String problem = "";
        try {
            if (condition.test(entry.getValue())) {
                return;
            }
        } catch (CelException e) {
            problem = ": " + e.getMessage();
        }
        throw NamespaceFailure.retryable(
                "namespace metadata file \"%s\": %s \"%s\" with value \"%s\" does not satisfy the allowed expression \"%s\"%s"
                        .formatted(
                                path, type, entry.getKey(), shown(entry.getValue()), condition.expression(), problem));
    }

    private static final int MAX_SHOWN = 200;

    private static String shown(String value) {
        return value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "…";
    }
}
