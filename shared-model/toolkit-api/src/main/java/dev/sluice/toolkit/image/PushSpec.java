package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The destination of pushed commits.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param branch the branch to which commits are pushed. The branch is created using {@code
 *     .spec.checkout.branch} as the starting point, if it doesn't already exist
 * @param options the push options that are sent to the Git server when performing a push operation
 * @param refspec the Git Refspec to use for a push operation. If both Branch and Refspec are provided, then the commit
 *     is pushed to the branch and also using the specified refspec
 */
public record PushSpec(
        @Nullable String branch,
        Map<String, String> options,
        @Nullable String refspec) {

    public PushSpec {
        options = Immutable.map(options);
    }
}
