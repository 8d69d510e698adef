package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.RequiredField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An issuer whose tokens a {@code generic-oidc} receiver accepts.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}.
 *
 * @param issuerURL the OIDC issuer URL used for provider discovery. It must match the 'iss' claim of tokens issued by
 *     this provider
 * @param validations the list of CEL boolean expressions evaluated against the token claims and the variables. The
 *     request is accepted only if all of them evaluate to true; the message of each failing expression is returned to
 *     the caller
 * @param audience defaults to {@code notification-controller}
 * @param variables an optional list of named CEL expressions, evaluated in order and exposed as 'vars.&lt;name&gt;'.
 *     Each expression can read the token claims via 'claims' and any variable defined before it
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
