package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * A reference to an object whose kind is implied; the namespace defaults to that of the referring object.
 *
 * @param name name of the referent
 * @param namespace namespace of the referent, when not specified it acts as LocalObjectReference
 */
public record NamespacedObjectReference(
        String name, @Nullable String namespace) {

    public NamespacedObjectReference {
        Required.field(name, "NamespacedObjectReference", "name");
    }
}
