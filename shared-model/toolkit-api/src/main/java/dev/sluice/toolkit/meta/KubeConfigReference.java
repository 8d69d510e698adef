package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * How to connect to another cluster; exactly one field is set.
 *
 * @param configMapRef ConfigMap with provider, cluster and service account of a workload identity
 * @param secretRef Secret with a kubeconfig; the key defaults to {@code value} or {@code value.yaml}
 */
public record KubeConfigReference(
        @Nullable LocalObjectReference configMapRef,
        @Nullable SecretKeyReference secretRef) {}
