package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.cel.Verdict;
import dev.sluice.kubeapi.schema.RuleBook.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Evaluates the validation rules of a schema on an object, level by level. */
final class RuleCheck {

    private final RuleBook rules;
    private final List<FieldError> errors = new ArrayList<>();

    private RuleCheck(RuleBook rules) {
        this.rules = rules;
    }

    static List<FieldError> check(JsonNode object, @Nullable JsonNode old, SchemaNode root, RuleBook rules) {
        RuleCheck check = new RuleCheck(rules);
        Correlation correlation = Correlation.of(old, object, root);
        check.visit(object, old, root, "", new Ratchet(correlation, null));
        return check.errors;
    }

    /**
     * Whether faults of a value may stay: it, or the nearest thing around it that has a counterpart, is as it was.
     *
     * @param here null when the value has no counterpart
     * @param around null at the root
     */
    private record Ratchet(
            @Nullable Correlation here, @Nullable Correlation around) {

        Ratchet field(String name, boolean typeMeta) {
            if (here == null) {
                return this;
            }
            return typeMeta ? new Ratchet(null, null) : new Ratchet(here.field(name), here);
        }

        Ratchet item(int index) {
            return here == null ? this : new Ratchet(here.item(index), here);
        }

        boolean tolerates() {
            Correlation nearest = here == null ? around : here;
            return nearest != null && nearest.unchanged();
        }
    }

    private void visit(JsonNode value, @Nullable JsonNode old, SchemaNode schema, String path, Ratchet ratchet) {
        if (value.isNull()) {
            return;
        }
        JsonNode before = old == null || old.isNull() ? null : old;
        for (Entry entry : rules.at(schema)) {
            evaluate(entry, value, before, schema, path, ratchet);
        }
        if (value.isArray()) {
            visitItems(value, before, schema, path, ratchet);
        } else if (value.isObject()) {
            visitFields(value, before, schema, path, ratchet);
        }
    }

    private void visitItems(JsonNode list, @Nullable JsonNode old, SchemaNode schema, String path, Ratchet ratchet) {
        SchemaNode items = schema.items();
        for (int i = 0; items != null && i < list.size(); i++) {
            JsonNode before = old == null || !schema.isMapList()
                    ? null
                    : ListKeys.find(old, list.path(i), schema.extensions().listMapKeys());
            visit(list.path(i), before, items, path + "[" + i + "]", ratchet.item(i));
        }
    }

    private void visitFields(JsonNode object, @Nullable JsonNode old, SchemaNode schema, String path, Ratchet ratchet) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            SchemaNode child = schema.field(name);
            if (child != null) {
                boolean declared = schema.properties().containsKey(name);
                boolean typeMeta = path.isEmpty() && (name.equals("apiVersion") || name.equals("kind"));
                visit(
                        field.getValue(),
                        old == null ? null : old.get(name),
                        child,
                        declared ? Paths.child(path, name) : path + "[" + name + "]",
                        ratchet.field(name, typeMeta));
            }
        }
    }

    private void evaluate(
            Entry entry, JsonNode value, @Nullable JsonNode old, SchemaNode schema, String path, Ratchet ratchet) {
        boolean optional = Boolean.TRUE.equals(entry.rule().optionalOldSelf());
        boolean transition = entry.compiled().usesOldSelf();
        if (transition && old == null && !optional) {
            return;
        }
        Verdict verdict = entry.compiled().evaluate(value, old);
        if (verdict instanceof Verdict.Failed failed) {
            errors.add(failed(entry, failed, schema, path));
        } else if (verdict instanceof Verdict.Broken broken && (transition || !ratchet.tolerates())) {
            errors.add(broken(entry, broken, schema, path, value));
        }
    }

    private static FieldError failed(Entry entry, Verdict.Failed failed, SchemaNode schema, String path) {
        String detail = failed.noOverload()
                ? "'" + failed.reason()
                        + "': call arguments did not match a supported operator, function or macro signature for rule: "
                        + entry.name()
                : failed.reason() + " evaluating rule: " + entry.name();
        return FieldError.invalid(nullIfRoot(path), schema.type(), detail);
    }

    private static @Nullable String nullIfRoot(String path) {
        return path.isEmpty() ? null : path;
    }

    private static FieldError broken(
            Entry entry, Verdict.Broken broken, SchemaNode schema, String path, JsonNode value) {
        String below = entry.rule().fieldPath().isEmpty()
                ? null
                : FieldPaths.resolve(entry.rule().fieldPath(), schema);
        String field = nullIfRoot(below == null ? path : Paths.child(path, below));
        // whole objects and lists would make the message unreadable
        JsonNode shown = value.isContainer() ? JsonNodeFactory.instance.missingNode() : value;
        String message = broken.message().isEmpty() ? entry.message() : broken.message();
        return switch (entry.rule().reason()) {
            case "FieldValueForbidden" -> FieldError.forbidden(field, message);
            case "FieldValueRequired" -> FieldError.required(field, message);
            case "FieldValueDuplicate" -> FieldError.duplicate(field, shown);
            default -> FieldError.invalid(field, shown, message);
        };
    }
}
