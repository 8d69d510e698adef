package dev.sluice.toolkit.meta;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reference to an object of any kind; the namespace defaults to that of the referring object.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}, {@code kustomize.toolkit.fluxcd.io/v1}, {@code
 * helm.toolkit.fluxcd.io/v2}, {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion API version of the referent, if not specified the Kubernetes preferred version will be used
 * @param kind kind of the referent; the referring field determines which of {@code GitRepository} (the default of an
 *     ImageUpdateAutomation), {@code OCIRepository}, {@code Bucket}, {@code HelmRepository}, {@code HelmChart} and
 *     {@code ExternalArtifact} are valid; an ExternalArtifact accepts any
 * @param name {@code metadata.name} of the referent
 * @param namespace namespace of the referent; defaults to that of the referring object
 */
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

    /** Returns the API group of {@link #apiVersion}; empty for the core group and without an API version. */
    public String group() {
        String version = Objects.requireNonNullElse(apiVersion, "");
        int slash = version.indexOf('/');
        return slash < 0 ? "" : version.substring(0, slash);
    }
}
