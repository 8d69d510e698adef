package dev.sluice.kubeapi.schema;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** All checks of an object against its schema, in the order of the real server. */
final class ObjectValidator {

    /** Rules would only repeat these faults, or fail on them. */
    private static final Set<FieldError.Type> BLOCKING = EnumSet.of(
            FieldError.Type.NOT_SUPPORTED,
            FieldError.Type.REQUIRED,
            FieldError.Type.TOO_LONG,
            FieldError.Type.TOO_MANY,
            FieldError.Type.TYPE_INVALID);

    private final SchemaNode root;
    private final RuleBook rules;

    ObjectValidator(SchemaNode root, RuleBook rules) {
        this.root = root;
        this.rules = rules;
    }

    List<FieldError> validate(JsonNode object, @Nullable JsonNode old) {
        List<FieldError> errors = new ArrayList<>(ValueCheck.faultsOf(object, old, root, ""));
        errors.addAll(EmbeddedResources.check(object, root));
        return finish(errors, object, old);
    }

    List<FieldError> validateStatus(JsonNode object, JsonNode old) {
        SchemaNode status = root.properties().get("status");
        List<FieldError> errors = new ArrayList<>();
        if (status != null && object.has("status")) {
            errors.addAll(ValueCheck.faultsOf(object.path("status"), old.get("status"), status, "status"));
        }
        return finish(errors, object, old);
    }

    private List<FieldError> finish(List<FieldError> errors, JsonNode object, @Nullable JsonNode old) {
        if (old == null || ListTypes.check(old, root).isEmpty()) {
            errors.addAll(ListTypes.check(object, root));
        }
        if (rules.isEmpty()) {
            return errors;
        }
        if (errors.stream().anyMatch(error -> BLOCKING.contains(error.type()))) {
            errors.add(FieldError.invalid(
                    null,
                    NullNode.instance,
                    "some validation rules were not checked because the object was invalid; correct the existing"
                            + " errors to complete validation"));
        } else {
            errors.addAll(RuleCheck.check(object, old, root, rules));
        }
        return errors;
    }
}
