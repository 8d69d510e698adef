package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/**
 * Selects the tags that a policy considers.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param extract part of the match to order by, for example {@code $ts}
 * @param pattern a regular expression pattern used to filter for image tags
 */
public record TagFilter(@Nullable String extract, @Nullable String pattern) {}
