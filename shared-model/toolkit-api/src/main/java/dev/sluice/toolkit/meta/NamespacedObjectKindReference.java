package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/** An object of any kind; without a namespace it is in that of the referring object. */
public record NamespacedObjectKindReference(
        @Nullable String apiVersion,
        String kind,
        String name,
        @Nullable String namespace) {

    public NamespacedObjectKindReference {
        Required.field(kind, "NamespacedObjectKindReference", "kind");
        Required.field(name, "NamespacedObjectKindReference", "name");
    }
}
