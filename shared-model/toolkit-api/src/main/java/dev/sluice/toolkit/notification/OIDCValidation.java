package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;

/**
 * A CEL expression over claims and variables that must be true.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}.
 *
 * @param expression the CEL boolean expression to evaluate
 * @param message returned to the caller when the expression evaluates to false
 */
public record OIDCValidation(String expression, String message) {

    public OIDCValidation {
        Required.field(expression, "OIDCValidation", "expression");
        Required.field(message, "OIDCValidation", "message");
    }
}
