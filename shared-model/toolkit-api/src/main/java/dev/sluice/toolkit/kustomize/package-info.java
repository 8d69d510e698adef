/**
 * The Kustomization of {@code kustomize.toolkit.fluxcd.io/v1}, as published by kustomize-controller v1.9, and the types
 * of github.com/fluxcd/pkg/apis/kustomize, which HelmReleases also use.
 */
@NullMarked
package dev.sluice.toolkit.kustomize;

import org.jspecify.annotations.NullMarked;
