/**
 * The Kustomization of {@code kustomize.toolkit.fluxcd.io/v1} as kustomize-controller v1.9 publishes it, and the types
 * of github.com/fluxcd/pkg/apis/kustomize that HelmReleases use as well.
 */
@NullMarked
package dev.sluice.toolkit.kustomize;

import org.jspecify.annotations.NullMarked;
