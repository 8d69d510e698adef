package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects whose events are selected.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}, {@code notification.toolkit.fluxcd.io/v1beta3}.
 *
 * @param kind kind of the referent; one of {@code Bucket}, {@code GitRepository}, {@code Kustomization}, {@code
 *     HelmRelease}, {@code HelmChart}, {@code HelmRepository}, {@code ImageRepository}, {@code ImagePolicy}, {@code
 *     ImageUpdateAutomation}, {@code OCIRepository}, {@code ArtifactGenerator}, {@code ExternalArtifact}
 * @param name {@code *} for all objects that match the labels
 * @param apiVersion group and version of the referent; by default, those of its kind in Flux
 * @param matchLabels a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an
 *     element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only
 *     "value"
 * @param namespace namespace of the referent; defaults to that of the referring object
 */
public record CrossNamespaceObjectReference(
        String kind,
        String name,
        @Nullable String apiVersion,
        Map<String, String> matchLabels,
        @Nullable String namespace) {

    public CrossNamespaceObjectReference {
        Required.field(kind, "CrossNamespaceObjectReference", "kind");
        Required.field(name, "CrossNamespaceObjectReference", "name");
        matchLabels = Immutable.map(matchLabels);
    }

    /**
     * Selects one object, or all of a kind, in the namespace of the object that refers to it.
     *
     * @param name {@code *} for all objects of the kind
     */
    public static CrossNamespaceObjectReference of(String kind, String name) {
        return new CrossNamespaceObjectReference(kind, name, null, Map.of(), null);
    }
}
