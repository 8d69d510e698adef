package dev.sluice.toolkit.meta;

/**
 * The name of an object in the same namespace.
 *
 * @param name name of the referent
 */
public record LocalObjectReference(String name) {

    public LocalObjectReference {
        Required.field(name, "LocalObjectReference", "name");
    }
}
