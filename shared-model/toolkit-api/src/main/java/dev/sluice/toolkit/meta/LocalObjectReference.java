package dev.sluice.toolkit.meta;

/**
 * The name of an object in the same namespace.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}, {@code kustomize.toolkit.fluxcd.io/v1}, {@code
 * helm.toolkit.fluxcd.io/v2}, {@code notification.toolkit.fluxcd.io/v1}, {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param name {@code metadata.name} of the referent
 */
public record LocalObjectReference(String name) {

    public LocalObjectReference {
        Required.field(name, "LocalObjectReference", "name");
    }
}
