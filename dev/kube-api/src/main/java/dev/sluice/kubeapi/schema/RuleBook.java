package dev.sluice.kubeapi.schema;

import dev.sluice.kubeapi.cel.CompiledRule;
import dev.sluice.kubeapi.cel.RuleCompiler;
import dev.sluice.kubeapi.cel.RuleSyntaxException;
import dev.sluice.kubeapi.json.JsonText;
import dev.sluice.kubeapi.schema.SchemaNode.Rule;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The validation rules of a schema, compiled, by the level that they stand at. Immutable. */
final class RuleBook {

    static final RuleBook EMPTY = new RuleBook(new IdentityHashMap<>());

    /** A rule with its words for messages. */
    record Entry(Rule rule, CompiledRule compiled) {

        String message() {
            return rule.message().isEmpty()
                    ? "failed rule: " + name()
                    : rule.message().strip();
        }

        String name() {
            return rule.message().isEmpty()
                    ? rule.rule().strip()
                    : rule.message().strip();
        }
    }

    private final IdentityHashMap<SchemaNode, List<Entry>> entries;

    private RuleBook(IdentityHashMap<SchemaNode, List<Entry>> entries) {
        this.entries = entries;
    }

    /** Reports rules that cannot be compiled. */
    static RuleBook compile(SchemaNode root, List<FieldError> errors) {
        // by identity: two levels may look the same
        IdentityHashMap<SchemaNode, List<Entry>> entries = new IdentityHashMap<>();
        new Compilation(entries, errors).visit(root, true, null);
        return new RuleBook(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<Entry> at(SchemaNode schema) {
        return entries.getOrDefault(schema, List.of());
    }

    private record Compilation(IdentityHashMap<SchemaNode, List<Entry>> entries, List<FieldError> errors) {

        /** @param uncorrelated path of the list above whose items cannot be told apart; null when there is none */
        void visit(SchemaNode schema, boolean resource, @Nullable String uncorrelated) {
            if (!schema.rules().isEmpty()) {
                entries.put(schema, compile(schema, resource, uncorrelated));
            }
            SchemaNode items = schema.items();
            if (items != null) {
                visit(items, items.extensions().embeddedResource(), schema.isMapList() ? uncorrelated : schema.path());
            }
            schema.properties()
                    .values()
                    .forEach(child -> visit(child, child.extensions().embeddedResource(), uncorrelated));
            SchemaNode.Additional additional = schema.additional();
            SchemaNode values = additional == null ? null : additional.schema();
            if (values != null) {
                visit(values, values.extensions().embeddedResource(), uncorrelated);
            }
        }

        private List<Entry> compile(SchemaNode schema, boolean resource, @Nullable String uncorrelated) {
            RuleCompiler compiler = new RuleCompiler(schema.json(), resource);
            List<Entry> compiled = new ArrayList<>();
            int index = 0;
            for (Rule rule : schema.rules()) {
                String path = schema.path() + ".x-kubernetes-validations[" + index++ + "]";
                compile(compiler, rule, schema, path, uncorrelated, compiled);
            }
            return compiled;
        }

        private void compile(
                RuleCompiler compiler,
                Rule rule,
                SchemaNode schema,
                String path,
                @Nullable String uncorrelated,
                List<Entry> compiled) {
            boolean optional = Boolean.TRUE.equals(rule.optionalOldSelf());
            try {
                if (!rule.fieldPath().isEmpty() && !FieldPaths.leadsSomewhere(rule.fieldPath(), schema)) {
                    errors.add(FieldError.invalid(path + ".fieldPath", rule.fieldPath(), "must be a valid path"));
                }
                CompiledRule result = compiler.compile(rule.rule(), rule.messageExpression(), optional);
                if (result.usesOldSelf() && uncorrelated != null) {
                    errors.add(FieldError.invalid(
                            path + ".rule",
                            rule.rule(),
                            "oldSelf cannot be used on the uncorrelatable portion of the schema within "
                                    + uncorrelated));
                } else if (!result.usesOldSelf() && rule.optionalOldSelf() != null) {
                    errors.add(FieldError.invalid(
                            path + ".optionalOldSelf",
                            JsonNodeFactory.instance.booleanNode(optional),
                            "may not be set if oldSelf is not used in rule"));
                }
                compiled.add(new Entry(rule, result));
            } catch (RuleSyntaxException e) {
                String keyword = e.inMessageExpression() ? ".messageExpression" : ".rule";
                errors.add(FieldError.invalidShown(path + keyword, shown(rule), String.valueOf(e.getMessage())));
            }
        }

        /** The real server shows the fields of its internal type, in their order. */
        private static String shown(Rule rule) {
            JsonNode reason = rule.json().path("reason");
            return "{\"Rule\":" + text(rule.rule()) + ",\"Message\":" + text(rule.message())
                    + ",\"MessageExpression\":" + text(rule.messageExpression()) + ",\"Reason\":"
                    + (reason.isString() ? JsonText.compact(reason) : "null") + ",\"FieldPath\":"
                    + text(rule.fieldPath()) + ",\"OptionalOldSelf\":" + rule.optionalOldSelf() + "}";
        }

        private static String text(String text) {
            return JsonText.compact(JsonNodeFactory.instance.stringNode(text));
        }
    }
}
