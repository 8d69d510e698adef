package dev.sluice.kubeapi.schema;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What an entry of {@code x-kubernetes-validations} must say, apart from the expressions themselves. */
final class RuleKeywords {

    private static final Set<String> REASONS =
            Set.of("FieldValueInvalid", "FieldValueForbidden", "FieldValueRequired", "FieldValueDuplicate");

    private final List<FieldError> errors;

    RuleKeywords(List<FieldError> errors) {
        this.errors = errors;
    }

    void check(JsonNode rule, String path) {
        checkTexts(rule, path);
        String expression = rule.path("messageExpression").asString("");
        if (!expression.isEmpty() && expression.isBlank()) {
            errors.add(FieldError.required(
                    path + ".messageExpression", "messageExpression must be non-empty if specified"));
        }
        JsonNode reason = rule.path("reason");
        if (reason.isString() && !REASONS.contains(reason.stringValue())) {
            errors.add(FieldError.notSupported(
                    path + ".reason", reason, REASONS.stream().sorted().toList()));
        }
        String fieldPath = rule.path("fieldPath").asString("");
        if (!fieldPath.isEmpty() && fieldPath.isBlank()) {
            errors.add(FieldError.invalid(path + ".fieldPath", fieldPath, "must be non-empty if specified"));
        }
        if (fieldPath.contains("\n")) {
            errors.add(FieldError.invalid(path + ".fieldPath", fieldPath, "must not contain line breaks"));
        }
    }

    private void checkTexts(JsonNode rule, String path) {
        String text = rule.path("rule").asString("").strip();
        String message = rule.path("message").asString("");
        if (text.isEmpty()) {
            errors.add(FieldError.required(path + ".rule", "rule is not specified"));
        } else if (!message.isEmpty() && message.isBlank()) {
            errors.add(FieldError.invalid(path + ".message", message, "must be non-empty if specified"));
        } else if (message.strip().contains("\n")) {
            errors.add(FieldError.invalid(path + ".message", message, "must not contain line breaks"));
        } else if (text.contains("\n") && message.isBlank()) {
            errors.add(
                    FieldError.required(path + ".message", "message must be specified if rule contains line breaks"));
        }
    }
}
