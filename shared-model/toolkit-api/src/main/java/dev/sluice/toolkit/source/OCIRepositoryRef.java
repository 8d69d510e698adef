package dev.sluice.toolkit.source;

import org.jspecify.annotations.Nullable;

/**
 * The image to pull: digest takes precedence over semver, semver over tag.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param digest the image digest to pull, takes precedence over SemVer. The value should be in the format
 *     'sha256:&lt;HASH&gt;'
 * @param semver the range of tags to pull selecting the latest within the range, takes precedence over Tag
 * @param semverFilter a regular expression for the tags among which {@code semver} selects; all by default
 * @param tag the image tag to pull, defaults to latest
 */
public record OCIRepositoryRef(
        @Nullable String digest,
        @Nullable String semver,
        @Nullable String semverFilter,
        @Nullable String tag) {}
