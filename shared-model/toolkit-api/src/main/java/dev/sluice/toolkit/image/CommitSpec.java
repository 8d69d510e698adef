package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to create commits.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param author the email and optionally the name to use as the author of commits
 * @param messageTemplate a template for the commit message, into which will be interpolated the details of the change
 *     made. Note: The {@code Updated} template field has been removed
 * @param messageTemplateValues additional entries of {@code .Values} in the template of the message
 * @param signingKey the option to sign commits with an OpenPGP or SSH signing key, referenced from a Secret. See
 *     SigningKey
 */
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
