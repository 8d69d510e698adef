package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/**
 * How files are changed.
 *
 * @param strategy {@code Setters}
 */
public record UpdateStrategy(
        @Nullable String path, @Nullable String strategy) {}
