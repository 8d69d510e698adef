package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/**
 * Which tags are looked at.
 *
 * @param extract what of a match is ordered, for example {@code $ts}
 */
public record TagFilter(@Nullable String extract, @Nullable String pattern) {}
