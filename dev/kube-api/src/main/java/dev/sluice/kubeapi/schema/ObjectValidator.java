package dev.sluice.kubeapi.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All checks of an object against its schema, in the order of the real server. */
final class ObjectValidator {

    private final SchemaNode root;

    ObjectValidator(SchemaNode root) {
        this.root = root;
    }

    List<FieldError> validate(JsonNode object, @Nullable JsonNode old) {
        List<FieldError> errors = new ArrayList<>(ValueCheck.faultsOf(object, old, root, ""));
        errors.addAll(ListTypes.check(object, root));
        return errors;
    }
}
