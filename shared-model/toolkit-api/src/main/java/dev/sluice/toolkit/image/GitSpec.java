package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** How the repository is checked out, committed to and pushed. */
public record GitSpec(
        CommitSpec commit,
        @Nullable GitCheckoutSpec checkout,
        @Nullable PushSpec push) {

    public GitSpec {
        Required.field(commit, "GitSpec", "commit");
    }
}
