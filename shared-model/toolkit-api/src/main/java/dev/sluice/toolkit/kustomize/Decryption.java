package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * How to decrypt encrypted files.
 *
 * @param provider {@code sops}
 */
public record Decryption(
        String provider,
        @Nullable LocalObjectReference secretRef,
        @Nullable String serviceAccountName) {

    public Decryption {
        Required.field(provider, "Decryption", "provider");
    }
}
