package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Required;

/** A CEL expression under a name that later ones may use. */
public record OIDCVariable(String expression, String name) {

    public OIDCVariable {
        Required.field(expression, "OIDCVariable", "expression");
        Required.field(name, "OIDCVariable", "name");
    }
}
