package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * A value in a Secret of the same namespace; the default key depends on the referring field.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}, {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param name {@code metadata.name} of the Secret
 * @param key key in the Secret, when not specified an implementation-specific default key is used
 */
public record SecretKeyReference(String name, @Nullable String key) {

    public SecretKeyReference {
        Required.field(name, "SecretKeyReference", "name");
    }
}
