package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/** A value in a Secret of the same namespace; the default key depends on the referring field. */
public record SecretKeyReference(String name, @Nullable String key) {

    public SecretKeyReference {
        Required.field(name, "SecretKeyReference", "name");
    }
}
