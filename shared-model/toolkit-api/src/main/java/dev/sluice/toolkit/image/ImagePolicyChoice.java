package dev.sluice.toolkit.image;

import org.jspecify.annotations.Nullable;

/** How tags are ordered: one of these is set. */
public record ImagePolicyChoice(
        @Nullable AlphabeticalPolicy alphabetical,
        @Nullable NumericalPolicy numerical,
        @Nullable SemVerPolicy semver) {

    /** The newest version in a range, for example {@code 8.x}. */
    public static ImagePolicyChoice semver(String range) {
        return new ImagePolicyChoice(null, null, new SemVerPolicy(range));
    }
}
