package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/**
 * Selects the highest number.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param order {@code asc} (the default) or {@code desc}
 */
public record NumericalPolicy(@Nullable String order) {}
