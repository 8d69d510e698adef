package dev.sluice.toolkit.source;

import org.jspecify.annotations.Nullable;

/** The reference to check out. The most specific field takes precedence: commit, then name, semver, tag, branch. */
public record GitRepositoryRef(
        @Nullable String branch,
        @Nullable String commit,
        @Nullable String name,
        @Nullable String semver,
        @Nullable String tag) {}
