package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.status.Cause;
import java.util.List;

/** A schema, or a column of tables, that this API cannot keep to; its definition is answered with 422. */
public final class InvalidSchemaException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Cause> errors;

    InvalidSchemaException(List<Cause> errors) {
        super(errors.toString());
        this.errors = List.copyOf(errors);
    }

    /** Their fields start with the path that the schema was parsed under. */
    public List<Cause> errors() {
        return errors;
    }
}
