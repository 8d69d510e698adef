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

    /** An object of the referring object's namespace, of a kind that needs no API version to be told apart. */
    public static NamespacedObjectKindReference of(String kind, String name) {
        return new NamespacedObjectKindReference(null, kind, name, null);
    }
}
