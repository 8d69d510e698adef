package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;

/** A CEL expression over claims and variables that must be true. */
public record OIDCValidation(String expression, String message) {

    public OIDCValidation {
        Required.field(expression, "OIDCValidation", "expression");
        Required.field(message, "OIDCValidation", "message");
    }
}
