package dev.sluice.toolkit.kustomize;

import org.jspecify.annotations.Nullable;

/**
 * Selects objects by the fields that are set; group, version, kind, name and namespace are anchored regular
 * expressions.
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
