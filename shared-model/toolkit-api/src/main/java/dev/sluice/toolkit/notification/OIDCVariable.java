package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;

/**
 * A named CEL expression that later expressions may use.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}.
 *
 * @param expression the CEL expression that defines the variable value
 * @param name the variable name; it must be a valid CEL identifier
 */
public record OIDCVariable(String expression, String name) {

    public OIDCVariable {
        Required.field(expression, "OIDCVariable", "expression");
        Required.field(name, "OIDCVariable", "name");
    }
}
