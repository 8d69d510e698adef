package dev.sluice.reconciler.cluster;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.Annotations;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Map;
import java.util.Optional;

/** Annotations with which users control a generator. */
public final class GeneratorAnnotations {

    public static final String RECONCILE = "source.extensions.fluxcd.io/reconcile";
    private static final String DISABLED = "disabled";

    private GeneratorAnnotations() {}

    /** Whether the generator is suspended. */
    public static boolean isDisabled(ArtifactGenerator generator) {
        return value(generator.metadata(), RECONCILE)
                .filter(DISABLED::equalsIgnoreCase)
                .isPresent();
    }

    /** The value of the last reconcile request; any text is valid. */
    public static Optional<String> requestedAt(ArtifactGenerator generator) {
        return value(generator.metadata(), Annotations.RECONCILE_REQUESTED_AT);
    }

    private static Optional<String> value(V1ObjectMeta metadata, String annotation) {
        Map<String, String> annotations = metadata.getAnnotations();
        return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(annotation));
    }
}
