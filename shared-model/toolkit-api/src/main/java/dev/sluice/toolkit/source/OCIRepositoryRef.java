package dev.sluice.toolkit.source;

import org.jspecify.annotations.Nullable;

/** The image to pull: digest takes precedence over semver, semver over tag. */
public record OCIRepositoryRef(
        @Nullable String digest,
        @Nullable String semver,
        @Nullable String semverFilter,
        @Nullable String tag) {}
