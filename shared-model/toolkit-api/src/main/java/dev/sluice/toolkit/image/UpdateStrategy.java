package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/**
 * How to update files.
 *
 * @param strategy {@code Setters}
 */
public record UpdateStrategy(
        @Nullable String path, @Nullable String strategy) {}
