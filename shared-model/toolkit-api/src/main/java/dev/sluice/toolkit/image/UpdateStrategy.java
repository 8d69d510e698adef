package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/**
 * How to update files.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param path path to the directory containing the manifests to be updated. Defaults to 'None', which translates to
 *     the root path of the GitRepositoryRef
 * @param strategy only {@code Setters}: updates the fields that setter comments mark
 */
public record UpdateStrategy(
        @Nullable String path, @Nullable String strategy) {}
