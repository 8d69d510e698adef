package dev.sluice.kubeapi.schema;

import java.util.List;
import java.util.stream.Collectors;

/** A schema that is not structural, or uses what this API does not do; a CRD with it is answered with 422. */
public final class InvalidSchemaException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<FieldError> errors;

    InvalidSchemaException(List<FieldError> errors) {
        super(errors.stream().map(FieldError::toString).collect(Collectors.joining(", ")));
        this.errors = List.copyOf(errors);
    }

    /** The causes; their fields start with the path that the schema was parsed under. */
    public List<FieldError> errors() {
        return errors;
    }
}
