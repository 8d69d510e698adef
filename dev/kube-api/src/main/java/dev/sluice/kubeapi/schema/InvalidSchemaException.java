package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.status.Cause;
import java.util.List;

/** A schema or a printer column is not supported. The CRD gets a 422. */
public final class InvalidSchemaException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Cause> errors;

    InvalidSchemaException(List<Cause> errors) {
        super(errors.toString());
        this.errors = List.copyOf(errors);
    }

    /** The errors; their fields start with the path of the schema. */
    public List<Cause> errors() {
        return errors;
    }
}
