package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/**
 * Selects the tags that a policy considers.
 *
 * @param extract part of the match to order by, for example {@code $ts}
 */
public record TagFilter(@Nullable String extract, @Nullable String pattern) {}
