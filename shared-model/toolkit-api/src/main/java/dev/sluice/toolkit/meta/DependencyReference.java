package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * An object of the same kind that must be ready before this one is reconciled.
 *
 * @param name name of the referent
 * @param namespace defaults to that of the referring object
 * @param readyExpr CEL expression over {@code self} and {@code dep}; defaults to the Ready condition
 */
public record DependencyReference(
        String name, @Nullable String namespace, @Nullable String readyExpr) {

    public DependencyReference {
        Required.field(name, "DependencyReference", "name");
    }
}
