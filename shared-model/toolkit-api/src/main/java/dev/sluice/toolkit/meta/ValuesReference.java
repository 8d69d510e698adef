package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * Helm values in a ConfigMap or Secret of the same namespace.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param kind {@code ConfigMap} or {@code Secret}
 * @param name name of the values referent. Should reside in the same namespace as the referring resource
 * @param literal whether the value at {@code targetPath} is taken literally, like {@code --set-literal}; since Flux 2.9
 * @param optional whether a missing object or key is not an error
 * @param targetPath where the value is set; by default, the key contains a whole values file, which is merged at the
 *     root
 * @param valuesKey defaults to {@code values.yaml}
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

    /** References all values in the key {@code values.yaml}, which must exist. */
    public static ValuesReference of(String kind, String name) {
        return new ValuesReference(kind, name, null, null, null, null);
    }
}
