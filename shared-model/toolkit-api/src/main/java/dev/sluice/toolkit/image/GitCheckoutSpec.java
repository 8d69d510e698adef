package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.source.GitRepositoryRef;

/** What is checked out. */
public record GitCheckoutSpec(GitRepositoryRef ref) {

    public GitCheckoutSpec {
        Required.field(ref, "GitCheckoutSpec", "ref");
    }
}
