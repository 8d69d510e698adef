package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.RequiredField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An issuer whose tokens a {@code generic-oidc} receiver accepts.
 *
 * @param audience defaults to {@code notification-controller}
 */
public record OIDCProvider(
        String issuerURL,
        @RequiredField List<OIDCValidation> validations,
        @Nullable String audience,
        List<OIDCVariable> variables) {

    public OIDCProvider {
        Required.field(issuerURL, "OIDCProvider", "issuerURL");
        validations = List.copyOf(validations);
        variables = List.copyOf(variables);
    }
}
