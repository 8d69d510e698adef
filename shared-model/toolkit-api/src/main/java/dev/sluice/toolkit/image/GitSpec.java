package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** How to check out, commit and push. */
public record GitSpec(
        CommitSpec commit,
        @Nullable GitCheckoutSpec checkout,
        @Nullable PushSpec push) {

    public GitSpec {
        Required.field(commit, "GitSpec", "commit");
    }
}
