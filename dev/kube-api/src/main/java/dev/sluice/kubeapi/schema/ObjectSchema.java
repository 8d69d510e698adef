package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Validates an object against its schema. */
public final class ObjectSchema {

    /** Errors after which rules are not evaluated: rules would only repeat them, or fail on them. */
    private static final Set<String> BLOCKING = Set.of(
            "FieldValueNotSupported",
            "FieldValueRequired",
            "FieldValueTooLong",
            "FieldValueTooMany",
            "FieldValueTypeInvalid");

    private static final Cause UNCHECKED = new Cause(
            "FieldValueInvalid",
            "Invalid value: null: some validation rules were not checked because the object was invalid; correct the"
                    + " existing errors to complete validation",
            "<nil>");

    private ObjectSchema() {}

    /** Validates types and constraints of a part of an object. */
    public static List<Cause> validatePart(JsonNode object, SchemaNode root, String name) {
        SchemaNode part = root.properties().get(name);
        return part == null || !object.has(name) ? List.of() : Validator.check(object.path(name), part, name);
    }

    /** Returns the errors of an object; empty if it is valid. */
    public static List<Cause> validate(JsonNode object, @Nullable JsonNode old, SchemaNode root) {
        return withRules(Validator.check(object, root, ""), object, old, root);
    }

    /** Returns the errors of a status update: outside of the status, only rules are evaluated. */
    public static List<Cause> validateStatus(JsonNode object, JsonNode old, SchemaNode root) {
        return withRules(validatePart(object, root, "status"), object, old, root);
    }

    private static List<Cause> withRules(List<Cause> causes, JsonNode object, @Nullable JsonNode old, SchemaNode root) {
        List<Cause> all = new ArrayList<>(causes);
        if (!root.hasRules()) {
            return all;
        }
        if (causes.stream().anyMatch(cause -> BLOCKING.contains(cause.reason()))) {
            all.add(UNCHECKED);
        } else {
            all.addAll(RuleCheck.check(object, old, root));
        }
        return all;
    }
}
