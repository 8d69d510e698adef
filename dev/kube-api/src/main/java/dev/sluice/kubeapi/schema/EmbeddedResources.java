package dev.sluice.kubeapi.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Whole objects inside of a custom resource say what they are. */
final class EmbeddedResources {

    private static final String KIND_SYNTAX =
            "may have mixed case, but should otherwise match: a DNS-1035 label must consist of lower case alphanumeric"
                    + " characters or '-', start with an alphabetic character, and end with an alphanumeric character"
                    + " (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private final List<FieldError> errors = new ArrayList<>();

    private EmbeddedResources() {}

    static List<FieldError> check(JsonNode object, SchemaNode root) {
        EmbeddedResources check = new EmbeddedResources();
        check.visit(object, root, "");
        return check.errors;
    }

    private void visit(JsonNode value, SchemaNode schema, String path) {
        if (value.isObject()) {
            if (schema.extensions().embeddedResource()) {
                checkResource(value, path);
            }
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                SchemaNode child = schema.field(field.getKey());
                if (child != null) {
                    boolean declared = schema.properties().containsKey(field.getKey());
                    String name = field.getKey();
                    visit(field.getValue(), child, declared ? Paths.child(path, name) : path + "[" + name + "]");
                }
            }
        } else if (value.isArray() && schema.items() != null) {
            for (int i = 0; i < value.size(); i++) {
                visit(value.path(i), schema.items(), path + "[" + i + "]");
            }
        }
    }

    private void checkResource(JsonNode value, String path) {
        for (String name : List.of("apiVersion", "kind")) {
            if (!value.has(name)) {
                errors.add(FieldError.required(path + "." + name, ""));
            }
        }
        for (String name : List.of("apiVersion", "kind")) {
            if (value.has(name)) {
                checkText(value.path(name), name, path + "." + name);
            }
        }
    }

    private void checkText(JsonNode value, String name, String path) {
        String text = value.asString("");
        if (!value.isString()) {
            errors.add(FieldError.invalid(path, value, "must be a string"));
        } else if (text.isEmpty()) {
            errors.add(FieldError.invalid(path, text, "must not be empty"));
        } else if (name.equals("kind") && !text.toLowerCase(Locale.ROOT).matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?")) {
            errors.add(FieldError.invalid(path, text, KIND_SYNTAX));
        } else if (name.equals("apiVersion") && text.indexOf('/') != text.lastIndexOf('/')) {
            errors.add(FieldError.invalid(path, text, "unexpected GroupVersion string: " + text));
        }
    }
}
