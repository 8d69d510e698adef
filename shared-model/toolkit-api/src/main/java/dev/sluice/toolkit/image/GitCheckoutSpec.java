package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.source.GitRepositoryRef;

/** The reference to check out. */
public record GitCheckoutSpec(GitRepositoryRef ref) {

    public GitCheckoutSpec {
        Required.field(ref, "GitCheckoutSpec", "ref");
    }
}
