package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/** An object of a kind that the context gives; without a namespace it is in that of the referring object. */
public record NamespacedObjectReference(
        String name, @Nullable String namespace) {

    public NamespacedObjectReference {
        Required.field(name, "NamespacedObjectReference", "name");
    }
}
