package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/**
 * The policy that orders tags; exactly one field is set.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param alphabetical alphabetical set of rules to use for alphabetical ordering of the tags
 * @param numerical numerical set of rules to use for numerical ordering of the tags
 * @param semver a semantic version range to check against the tags available
 */
public record ImagePolicyChoice(
        @Nullable AlphabeticalPolicy alphabetical,
        @Nullable NumericalPolicy numerical,
        @Nullable SemVerPolicy semver) {

    /** Selects the latest version in a range, for example {@code 8.x}. */
    public static ImagePolicyChoice semver(String range) {
        return new ImagePolicyChoice(null, null, new SemVerPolicy(range));
    }
}
