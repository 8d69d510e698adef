package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects to reconcile.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}.
 *
 * @param kind kind of the referent; one of {@code Bucket}, {@code GitRepository}, {@code Kustomization}, {@code
 *     HelmRelease}, {@code HelmChart}, {@code HelmRepository}, {@code ImageRepository}, {@code ImagePolicy}, {@code
 *     ImageUpdateAutomation}, {@code OCIRepository}, {@code ArtifactGenerator}, {@code ExternalArtifact}
 * @param name {@code *} for all objects that match the labels
 * @param apiVersion group and version of the referent; by default, those of its kind in Flux
 * @param filter CEL expression over {@code res} and {@code req}; since Flux 2.9
 * @param matchLabels a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an
 *     element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only
 *     "value"
 * @param namespace namespace of the referent; defaults to that of the referring object
 */
public record ReceiverResource(
        String kind,
        String name,
        @Nullable String apiVersion,
        @Nullable String filter,
        Map<String, String> matchLabels,
        @Nullable String namespace) {

    public ReceiverResource {
        Required.field(kind, "ReceiverResource", "kind");
        Required.field(name, "ReceiverResource", "name");
        matchLabels = Immutable.map(matchLabels);
    }
}
