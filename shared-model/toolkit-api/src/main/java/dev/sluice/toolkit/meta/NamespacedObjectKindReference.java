package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/** A reference to an object of any kind; the namespace defaults to that of the referring object. */
public record NamespacedObjectKindReference(
        @Nullable String apiVersion,
        String kind,
        String name,
        @Nullable String namespace) {

    public NamespacedObjectKindReference {
        Required.field(kind, "NamespacedObjectKindReference", "kind");
        Required.field(name, "NamespacedObjectKindReference", "name");
    }

    /**
     * Creates a reference to an object in the referring object's namespace, of a kind that is unique without an API
     * version.
     */
    public static NamespacedObjectKindReference of(String kind, String name) {
        return new NamespacedObjectKindReference(null, kind, name, null);
    }
}
