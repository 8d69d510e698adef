package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.cel.CompiledRule;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Evaluates the validation rules of a schema for an object. */
final class RuleCheck {

    private final List<Cause> causes = new ArrayList<>();

    private RuleCheck() {}

    /** @param old null for a create */
    static List<Cause> check(JsonNode object, @Nullable JsonNode old, SchemaNode root) {
        RuleCheck check = new RuleCheck();
        check.visit(object, old, root, "");
        return check.causes;
    }

    private void visit(JsonNode value, @Nullable JsonNode old, SchemaNode schema, String path) {
        if (value.isNull()) {
            return;
        }
        for (CompiledRule rule : schema.rules()) {
            rule.violation(value, old).ifPresent(message -> causes.add(broken(value, message, path)));
        }
        SchemaNode items = schema.items();
        for (int i = 0; value.isArray() && items != null && i < value.size(); i++) {
            // the corresponding item of the old list is unknown
            visit(value.path(i), null, items, path + "[" + i + "]");
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            SchemaNode child = schema.field(field.getKey());
            if (child != null) {
                JsonNode before = old == null ? null : old.get(field.getKey());
                visit(field.getValue(), before, child, Validator.child(path, field.getKey()));
            }
        }
    }

    /** Omits the value of objects and lists, which would make the message unreadable. */
    private static Cause broken(JsonNode value, String message, String path) {
        return value.isContainer()
                ? new Cause("FieldValueInvalid", "Invalid value: " + message, path)
                : Cause.invalid(path, value.toString(), message);
    }
}
