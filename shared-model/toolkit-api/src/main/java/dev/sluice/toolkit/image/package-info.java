/**
 * The kinds of {@code image.toolkit.fluxcd.io/v1}, as published by image-reflector-controller v1.2 and
 * image-automation-controller v1.2. The same types also serve {@code v1beta2}, which both published last in v1.1 and
 * which has no additional fields.
 */
@NullMarked
package dev.sluice.toolkit.image;

import org.jspecify.annotations.NullMarked;
