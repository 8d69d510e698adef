package dev.sluice.reconciler.namespaces;

import dev.sluice.toolkit.extensions.ExtensionsAnnotations;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What annotations, or labels of the same keys, say about the management of a namespace. Values are compared without
 * regard to case; unknown values count as absent.
 *
 * @param isExcluded the namespace is neither created nor changed nor deleted
 * @param isIfNotPresent an existing namespace is not changed
 * @param isMerge the fields of kubectl and of overridden managers stay
 * @param isKept the namespace is not deleted
 * @param isPruned the namespace is deleted although it existed before the generator managed it
 */
record NamespaceControls(
        boolean isExcluded, boolean isIfNotPresent, boolean isMerge, boolean isKept, boolean isPruned) {

    /** The keys whose values decide what happens to a namespace. */
    static final Set<String> KEYS = Set.of(
            ExtensionsAnnotations.RECONCILE,
            ExtensionsAnnotations.SSA,
            ExtensionsAnnotations.PRUNE,
            ExtensionsAnnotations.EXTERNAL_FINALIZER);

    static NamespaceControls of(Map<String, String> labels, Map<String, String> annotations) {
        Values values = new Values(labels, annotations);
        boolean kept = values.has(ExtensionsAnnotations.PRUNE, ExtensionsAnnotations.DISABLED);
        return new NamespaceControls(
                values.has(ExtensionsAnnotations.RECONCILE, ExtensionsAnnotations.DISABLED)
                        || values.has(ExtensionsAnnotations.SSA, ExtensionsAnnotations.IGNORE),
                values.has(ExtensionsAnnotations.SSA, ExtensionsAnnotations.IF_NOT_PRESENT),
                values.has(ExtensionsAnnotations.SSA, ExtensionsAnnotations.MERGE),
                kept,
                !kept && values.has(ExtensionsAnnotations.PRUNE, ExtensionsAnnotations.ENABLED));
    }

    private record Values(Map<String, String> labels, Map<String, String> annotations) {

        boolean has(String key, String value) {
            return Stream.of(labels, annotations).anyMatch(map -> value.equalsIgnoreCase(map.get(key)));
        }
    }
}
