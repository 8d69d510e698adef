package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * A reference to an object whose kind is implied; the namespace defaults to that of the referring object.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param name {@code metadata.name} of the referent
 * @param namespace namespace of the referent; defaults to that of the referring object
 */
public record NamespacedObjectReference(
        String name, @Nullable String namespace) {

    public NamespacedObjectReference {
        Required.field(name, "NamespacedObjectReference", "name");
    }
}
