package dev.sluice.toolkit.helm;

import org.jspecify.annotations.Nullable;

/**
 * Modifies the manifests of a chart before they are applied.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param kustomize Kustomization to apply as PostRenderer
 */
public record PostRenderer(@Nullable Kustomize kustomize) {}
