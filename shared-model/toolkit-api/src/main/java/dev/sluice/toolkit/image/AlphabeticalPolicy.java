package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/**
 * Selects the last tag in alphabetical order.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param order {@code asc} (the default) or {@code desc}
 */
public record AlphabeticalPolicy(@Nullable String order) {}
