package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * Helm values in a ConfigMap or Secret of the same namespace.
 *
 * @param kind {@code ConfigMap} or {@code Secret}
 * @param literal whether the value at {@code targetPath} is taken as it is, as {@code --set-literal} does
 * @param optional whether a missing object or key is no error
 * @param targetPath where the value goes; without one, the key holds a whole values file
 * @param valuesKey without one, {@code values.yaml}
 */
public record ValuesReference(
        String kind,
        String name,
        @Nullable Boolean literal,
        @Nullable Boolean optional,
        @Nullable String targetPath,
        @Nullable String valuesKey) {

    public ValuesReference {
        Required.field(kind, "ValuesReference", "kind");
        Required.field(name, "ValuesReference", "name");
    }

    /** All values of the key {@code values.yaml}, which has to be there. */
    public static ValuesReference of(String kind, String name) {
        return new ValuesReference(kind, name, null, null, null, null);
    }
}
