package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/**
 * How to connect to another cluster; exactly one field is set.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}, {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param configMapRef ConfigMap with provider, cluster and service account of a workload identity; its {@code
 *     audiences} default to the address of the API server for the provider {@code generic}; since Flux 2.7
 * @param secretRef Secret with a kubeconfig; the key defaults to {@code value} or {@code value.yaml}
 */
public record KubeConfigReference(
        @Nullable LocalObjectReference configMapRef,
        @Nullable SecretKeyReference secretRef) {}
