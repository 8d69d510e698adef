package dev.sluice.kubeapi.cel;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A compiled validation rule. Thread-safe. */
public final class CompiledRule {

    private final String text;
    private final String message;
    private final JsonNode schema;
    private final CelRuntime.Program program;
    private final boolean usesOldSelf;

    CompiledRule(String text, String message, JsonNode schema, CelRuntime.Program program, boolean usesOldSelf) {
        this.text = text;
        this.message = message;
        this.schema = schema;
        this.program = program;
        this.usesOldSelf = usesOldSelf;
    }

    /**
     * Returns why the value violates the rule; empty if it does not. Never throws.
     *
     * @param old the value before the update, or null if there is none; rules that use it then hold
     */
    public Optional<String> violation(JsonNode self, @Nullable JsonNode old) {
        if (usesOldSelf && old == null) {
            return Optional.empty();
        }
        Map<String, Object> variables = new HashMap<>();
        variables.put("self", CelValues.of(self, schema));
        if (old != null) {
            variables.put("oldSelf", CelValues.of(old, schema));
        }
        try {
            return Boolean.TRUE.equals(program.eval(variables)) ? Optional.empty() : Optional.of(shown());
        } catch (CelEvaluationException e) {
            return Optional.of(e.getMessage() + " evaluating rule: " + shown());
        }
    }

    private String shown() {
        return message.isEmpty() ? "failed rule: " + text.strip() : message.strip();
    }
}
