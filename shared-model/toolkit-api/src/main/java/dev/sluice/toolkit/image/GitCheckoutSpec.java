package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.source.GitRepositoryRef;

/**
 * The reference to check out.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param ref the branch, tag or commit to clone from the Git repository
 */
public record GitCheckoutSpec(GitRepositoryRef ref) {

    public GitCheckoutSpec {
        Required.field(ref, "GitCheckoutSpec", "ref");
    }
}
