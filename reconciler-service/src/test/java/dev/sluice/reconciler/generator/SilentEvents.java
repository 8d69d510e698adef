package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import io.kubernetes.client.common.KubernetesObject;
import java.util.Map;

/** Discards all events. */
final class SilentEvents implements GeneratorEvents {

    @Override
    public void warning(ArtifactGenerator generator, String reason, String message) {}

    @Override
    public void warning(KubernetesObject object, String reason, String message) {}

    @Override
    public void normal(ArtifactGenerator generator, String reason, String message, Map<String, String> metadata) {}

    @Override
    public void trace(ArtifactGenerator generator, String reason, String message) {}
}
