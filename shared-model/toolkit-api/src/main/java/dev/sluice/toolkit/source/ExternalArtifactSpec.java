package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import org.jspecify.annotations.Nullable;

/**
 * The desired state of an ExternalArtifact.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param sourceRef points to the Kubernetes custom resource for which the artifact is generated
 */
public record ExternalArtifactSpec(@Nullable NamespacedObjectKindReference sourceRef) {}
