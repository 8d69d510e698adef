package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * An object of the same kind that must be ready before this one is reconciled.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}, {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param name {@code metadata.name} of the referent
 * @param namespace defaults to that of the referring object
 * @param readyExpr CEL expression over {@code self} and {@code dep}; defaults to the Ready condition; since Flux 2.7
 */
public record DependencyReference(
        String name, @Nullable String namespace, @Nullable String readyExpr) {

    public DependencyReference {
        Required.field(name, "DependencyReference", "name");
    }
}
