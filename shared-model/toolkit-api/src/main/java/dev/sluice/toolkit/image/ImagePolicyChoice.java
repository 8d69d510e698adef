package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/** The policy that orders tags; exactly one field is set. */
public record ImagePolicyChoice(
        @Nullable AlphabeticalPolicy alphabetical,
        @Nullable NumericalPolicy numerical,
        @Nullable SemVerPolicy semver) {

    /** Selects the latest version in a range, for example {@code 8.x}. */
    public static ImagePolicyChoice semver(String range) {
        return new ImagePolicyChoice(null, null, new SemVerPolicy(range));
    }
}
