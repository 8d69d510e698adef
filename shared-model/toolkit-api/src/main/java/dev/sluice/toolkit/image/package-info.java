/**
 * The kinds of {@code image.toolkit.fluxcd.io/v1} as image-reflector-controller v1.2 and image-automation-controller
 * v1.2 publish them. The same types serve {@code v1beta2}, which v1.1 of both was the last to publish and which has no
 * field that {@code v1} lacks.
 */
@NullMarked
package dev.sluice.toolkit.image;

import org.jspecify.annotations.NullMarked;
