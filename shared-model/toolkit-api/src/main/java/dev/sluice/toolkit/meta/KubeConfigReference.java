package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * How to reach another cluster: one of the two is set.
 *
 * @param configMapRef says provider, cluster and service account of a workload identity
 * @param secretRef holds a kubeconfig; without a key, {@code value} or {@code value.yaml}
 */
public record KubeConfigReference(
        @Nullable LocalObjectReference configMapRef,
        @Nullable SecretKeyReference secretRef) {}
