package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.LocalObjectReference;
import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** The Git signatures to verify, and the keys. */
public record GitRepositoryVerification(
        LocalObjectReference secretRef, @Nullable String mode) {

    public GitRepositoryVerification {
        Required.field(secretRef, "GitRepositoryVerification", "secretRef");
    }
}
