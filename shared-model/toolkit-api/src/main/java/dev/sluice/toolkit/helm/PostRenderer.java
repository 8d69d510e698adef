package dev.sluice.toolkit.helm;

import org.jspecify.annotations.Nullable;

/** Modifies the manifests of a chart before they are applied. */
public record PostRenderer(@Nullable Kustomize kustomize) {}
