package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * An object of the same kind that has to be ready before this one is worked on.
 *
 * @param namespace without one, that of the referring object
 * @param readyExpr CEL over {@code self} and {@code dep}; without one, the Ready condition decides
 */
public record DependencyReference(
        String name, @Nullable String namespace, @Nullable String readyExpr) {

    public DependencyReference {
        Required.field(name, "DependencyReference", "name");
    }
}
