package dev.sluice.toolkit.kustomize;

import org.jspecify.annotations.Nullable;

/**
 * Selects objects by the fields that are set; group, version, kind, name and namespace are anchored regular
 * expressions.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}, {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param annotationSelector a selector of annotations in the syntax of label selectors; all by default
 * @param group the API group to select resources from
 * @param kind kind of the API Group to select resources from
 * @param labelSelector a selector of labels, such as {@code app=shop}; all by default
 * @param name name to match resources with
 * @param namespace namespace to select resources from
 * @param version version of the API Group to select resources from
 */
public record Selector(
        @Nullable String annotationSelector,
        @Nullable String group,
        @Nullable String kind,
        @Nullable String labelSelector,
        @Nullable String name,
        @Nullable String namespace,
        @Nullable String version) {

    /** Selects all objects of a kind with a name. */
    public static Selector of(String kind, String name) {
        return new Selector(null, null, kind, null, name, null, null);
    }
}
