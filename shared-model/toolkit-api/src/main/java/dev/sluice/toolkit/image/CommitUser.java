package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * The author of commits.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param email the email to provide when making a commit
 * @param name the name to provide when making a commit
 */
public record CommitUser(String email, @Nullable String name) {

    public CommitUser {
        Required.field(email, "CommitUser", "email");
    }
}
