/** The HelmRelease of {@code helm.toolkit.fluxcd.io/v2}, as published by helm-controller v1.6. */
@NullMarked
package dev.sluice.toolkit.helm;

import org.jspecify.annotations.NullMarked;
