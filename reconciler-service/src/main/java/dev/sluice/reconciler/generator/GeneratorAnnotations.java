package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.Annotations;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Map;
import java.util.Optional;

/** The annotations with which users steer a generator. */
final class GeneratorAnnotations {

    static final String RECONCILE = "source.extensions.fluxcd.io/reconcile";
    private static final String DISABLED = "disabled";

    private GeneratorAnnotations() {}

    static boolean isDisabled(ArtifactGenerator generator) {
        return value(generator.metadata(), RECONCILE)
                .filter(DISABLED::equalsIgnoreCase)
                .isPresent();
    }

    static Optional<String> requestedAt(ArtifactGenerator generator) {
        return value(generator.metadata(), Annotations.RECONCILE_REQUESTED_AT);
    }

    private static Optional<String> value(V1ObjectMeta metadata, String annotation) {
        Map<String, String> annotations = metadata.getAnnotations();
        return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(annotation));
    }
}
