package dev.sluice.toolkit.meta;

/** The name of an object in the same namespace. */
public record LocalObjectReference(String name) {

    public LocalObjectReference {
        Required.field(name, "LocalObjectReference", "name");
    }
}
