package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/**
 * The last tag in alphabetical order.
 *
 * @param order {@code asc} (the default) or {@code desc}
 */
public record AlphabeticalPolicy(@Nullable String order) {}
