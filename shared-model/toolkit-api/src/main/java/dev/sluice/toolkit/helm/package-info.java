/**
 * The HelmRelease of {@code helm.toolkit.fluxcd.io/v2}, as helm-controller v1.6 publishes it.
 */
@NullMarked
package dev.sluice.toolkit.helm;

import org.jspecify.annotations.NullMarked;
