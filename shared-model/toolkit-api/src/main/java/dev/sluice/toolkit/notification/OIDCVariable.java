package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;

/** A named CEL expression that later expressions may use. */
public record OIDCVariable(String expression, String name) {

    public OIDCVariable {
        Required.field(expression, "OIDCVariable", "expression");
        Required.field(name, "OIDCVariable", "name");
    }
}
