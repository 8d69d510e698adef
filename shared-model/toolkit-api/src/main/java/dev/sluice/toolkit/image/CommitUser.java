package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** The author of commits. */
public record CommitUser(String email, @Nullable String name) {

    public CommitUser {
        Required.field(email, "CommitUser", "email");
    }
}
