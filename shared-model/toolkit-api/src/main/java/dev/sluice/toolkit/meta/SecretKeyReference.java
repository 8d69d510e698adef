package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * A value in a Secret of the same namespace; the default key depends on the referring field.
 *
 * @param name name of the Secret
 * @param key key in the Secret, when not specified an implementation-specific default key is used
 */
public record SecretKeyReference(String name, @Nullable String key) {

    public SecretKeyReference {
        Required.field(name, "SecretKeyReference", "name");
    }
}
