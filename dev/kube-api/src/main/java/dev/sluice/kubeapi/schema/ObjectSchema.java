package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All checks of an object against its schema. */
public final class ObjectSchema {

    /** Rules would only repeat these faults, or fail on them. */
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

    /** Types and constraints of one part of an object. */
    public static List<Cause> validatePart(JsonNode object, SchemaNode root, String name) {
        SchemaNode part = root.properties().get(name);
        return part == null || !object.has(name) ? List.of() : Validator.check(object.path(name), part, name);
    }

    /** What is wrong with the object; empty when it is valid. */
    public static List<Cause> validate(JsonNode object, @Nullable JsonNode old, SchemaNode root) {
        return withRules(Validator.check(object, root, ""), object, old, root);
    }

    /** The same when the status alone is written: of the rest, only the rules are checked. */
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
