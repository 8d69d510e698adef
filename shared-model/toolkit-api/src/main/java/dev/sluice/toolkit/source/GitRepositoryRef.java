package dev.sluice.toolkit.source;

import org.jspecify.annotations.Nullable;

/**
 * The reference to check out. The most specific field takes precedence: commit, then name, semver, tag, branch.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}, {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param branch branch to check out, defaults to 'master' if no other field is defined
 * @param commit commit SHA to check out, takes precedence over all reference fields. This can be combined with Branch
 *     to shallow clone the branch, in which the commit is expected to exist
 * @param name name of the reference to check out; takes precedence over Branch, Tag and SemVer
 * @param semver SemVer tag expression to check out, takes precedence over Tag
 * @param tag tag to check out, takes precedence over Branch
 */
public record GitRepositoryRef(
        @Nullable String branch,
        @Nullable String commit,
        @Nullable String name,
        @Nullable String semver,
        @Nullable String tag) {}
