package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/** A value in a Secret of the same namespace; without a key the referring field says which one is read. */
public record SecretKeyReference(String name, @Nullable String key) {

    public SecretKeyReference {
        Required.field(name, "SecretKeyReference", "name");
    }
}
