package dev.sluice.kubeapi.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Defaults have to be valid themselves, and to hold nothing that pruning would drop. */
final class DefaultRules {

    private final List<FieldError> errors = new ArrayList<>();

    private DefaultRules() {}

    static List<FieldError> check(SchemaNode root) {
        DefaultRules rules = new DefaultRules();
        rules.visit(root);
        return rules.errors;
    }

    private void visit(@Nullable SchemaNode schema) {
        if (schema == null) {
            return;
        }
        JsonNode defaultValue = schema.defaultValue();
        if (defaultValue != null) {
            String path = schema.path() + ".default";
            if (!Pruner.prune(defaultValue.deepCopy(), schema).isEmpty()) {
                errors.add(FieldError.invalid(path, defaultValue, "must not have unknown fields"));
            }
            errors.addAll(ValueCheck.faultsOf(defaultValue, null, schema, path));
        }
        visit(schema.items());
        schema.properties().values().forEach(this::visit);
    }
}
