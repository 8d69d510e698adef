package dev.sluice.kubeapi.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A rule, ready to be evaluated. Thread-safe. */
public final class CompiledRule {

    private static final int MAX_MESSAGE_BYTES = 5 * 1024;

    /** How values are shown to the rule. */
    record View(JsonNode schema, boolean resource, boolean optionalOldSelf) {

        Map<String, Object> variables(JsonNode self, @Nullable JsonNode oldSelf) {
            Map<String, Object> variables = new HashMap<>();
            variables.put("self", CelValues.of(self, schema, resource));
            Object old = oldSelf == null ? null : CelValues.of(oldSelf, schema, resource);
            if (optionalOldSelf) {
                variables.put("oldSelf", Optional.ofNullable(old));
            } else if (old != null) {
                variables.put("oldSelf", old);
            }
            return variables;
        }
    }

    private final View view;
    private final CelRuntime.Program condition;
    private final CelRuntime.@Nullable Program message;
    private final boolean usesOldSelf;

    CompiledRule(View view, CelRuntime.Program condition, CelRuntime.@Nullable Program message, boolean usesOldSelf) {
        this.view = view;
        this.condition = condition;
        this.message = message;
        this.usesOldSelf = usesOldSelf;
    }

    /** Whether the rule looks at the value before the update; it says nothing of new values then. */
    public boolean usesOldSelf() {
        return usesOldSelf;
    }

    /** Evaluates the rule; never throws. */
    public Verdict evaluate(JsonNode self, @Nullable JsonNode oldSelf) {
        Map<String, Object> variables = view.variables(self, oldSelf);
        try {
            return Boolean.TRUE.equals(condition.eval(variables))
                    ? new Verdict.Holds()
                    : new Verdict.Broken(message(variables));
        } catch (CelEvaluationException e) {
            boolean noOverload = e.getErrorCode() == CelErrorCode.OVERLOAD_NOT_FOUND;
            return new Verdict.Failed(noOverload ? "no such overload" : reason(e), noOverload);
        }
    }

    /** In the words of the real server, as far as the causes can be told apart. */
    private static String reason(CelEvaluationException e) {
        String words = String.valueOf(e.getMessage()).replaceFirst("^evaluation error(?: at [^ ]+)?: ", "");
        return switch (e.getErrorCode()) {
            case ATTRIBUTE_NOT_FOUND -> "no such key: " + words.replaceFirst("^.*'([^']*)'.*$", "$1");
            case INDEX_OUT_OF_BOUNDS -> words.replaceFirst("^Index out of bounds", "index out of bounds");
            case DIVIDE_BY_ZERO -> "division by zero";
            case NUMERIC_OVERFLOW -> "integer overflow";
            default ->
                words.replaceFirst(
                                "^(?:evaluation error: )?[a-zA-Z]+ failure: (?:Index out of range: |Range \\[)(\\d+).*$",
                                "index out of range: $1")
                        .replaceFirst(
                                "^Function 'value' failed with arg\\(s\\) 'Optional.empty'$",
                                "optional.none() dereference");
        };
    }

    /** A message expression that fails is as good as none. */
    private String message(Map<String, Object> variables) {
        if (message == null) {
            return "";
        }
        try {
            String text = String.valueOf(message.eval(variables)).strip();
            return text.contains("\n") || text.length() > MAX_MESSAGE_BYTES ? "" : text;
        } catch (CelEvaluationException e) {
            return "";
        }
    }
}
