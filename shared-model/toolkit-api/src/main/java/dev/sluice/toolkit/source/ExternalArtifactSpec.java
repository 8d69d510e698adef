package dev.sluice.toolkit.source;

import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import org.jspecify.annotations.Nullable;

/** The desired state of an ExternalArtifact. */
public record ExternalArtifactSpec(@Nullable NamespacedObjectKindReference sourceRef) {}
