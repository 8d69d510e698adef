package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * How to check out, commit and push.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param commit how to commit to the git repository
 * @param checkout the parameters for cloning the git repository, ready to make changes. If not present, the {@code
 *     spec.ref} field from the referenced {@code GitRepository} or its default will be used
 * @param push how and where to push commits made by the automation. If missing, commits are pushed (back) to {@code
 *     .spec.checkout.branch} or its default
 */
public record GitSpec(
        CommitSpec commit,
        @Nullable GitCheckoutSpec checkout,
        @Nullable PushSpec push) {

    public GitSpec {
        Required.field(commit, "GitSpec", "commit");
    }
}
