package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How to create commits. */
public record CommitSpec(
        CommitUser author,
        @Nullable String messageTemplate,
        Map<String, String> messageTemplateValues,
        @Nullable SigningKey signingKey) {

    public CommitSpec {
        Required.field(author, "CommitSpec", "author");
        messageTemplateValues = Immutable.map(messageTemplateValues);
    }
}
