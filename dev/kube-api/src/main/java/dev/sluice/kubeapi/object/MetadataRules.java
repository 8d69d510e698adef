package dev.sluice.kubeapi.object;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.Cause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Validates the metadata of an object. */
public final class MetadataRules {

    private static final int ANNOTATIONS_LIMIT_BYTES = 256 << 10;
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

    private MetadataRules() {}

    public static List<Cause> validate(ObjectMeta meta, NameRule rule, boolean namespaced) {
        List<Cause> causes = new ArrayList<>();
        if (meta.name().isEmpty()) {
            causes.add(Cause.required("metadata.name", "name or generateName is required"));
        } else {
            rule.violation(meta.name())
                    .ifPresent(why -> causes.add(Cause.invalid("metadata.name", Cause.quote(meta.name()), why)));
        }
        if (namespaced && meta.namespace().isEmpty()) {
            causes.add(Cause.required("metadata.namespace", ""));
        }
        labels(meta, causes);
        annotations(meta, causes);
        owners(meta, causes);
        for (String finalizer : meta.finalizers()) {
            QualifiedName.violations(finalizer)
                    .forEach(why -> causes.add(Cause.invalid("metadata.finalizers", Cause.quote(finalizer), why)));
        }
        return causes;
    }

    private static void labels(ObjectMeta meta, List<Cause> causes) {
        meta.labels().forEach((key, value) -> {
            QualifiedName.violations(key)
                    .forEach(why -> causes.add(Cause.invalid("metadata.labels", Cause.quote(key), why)));
            if (value.length() > 63) {
                causes.add(Cause.invalid("metadata.labels", Cause.quote(value), "must be no more than 63 characters"));
            } else if (!LABEL_VALUE.matcher(value).matches()) {
                causes.add(Cause.invalid(
                        "metadata.labels",
                        Cause.quote(value),
                        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.',"
                                + " and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
                                + " 'my_value',  or '12345', regex used for validation is '" + LABEL_VALUE.pattern()
                                + "')"));
            }
        });
    }

    private static void annotations(ObjectMeta meta, List<Cause> causes) {
        long size = 0;
        for (var annotation : meta.annotations().entrySet()) {
            String key = annotation.getKey();
            QualifiedName.violations(key.toLowerCase(Locale.ROOT))
                    .forEach(why -> causes.add(Cause.invalid("metadata.annotations", Cause.quote(key), why)));
            size += bytes(key) + bytes(annotation.getValue());
        }
        if (size > ANNOTATIONS_LIMIT_BYTES) {
            causes.add(Cause.tooLong(
                    "metadata.annotations", "may not be more than " + ANNOTATIONS_LIMIT_BYTES + " bytes"));
        }
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void owners(ObjectMeta meta, List<Cause> causes) {
        int i = 0;
        List<String> controllers = new ArrayList<>();
        for (JsonNode owner : Json.arrayAt(meta.node(), "ownerReferences")) {
            for (String field : List.of("apiVersion", "kind", "name", "uid")) {
                if (Json.stringAt(owner, field).isEmpty()) {
                    String what = field.equals("apiVersion") ? "version" : field;
                    causes.add(Cause.invalid(
                            "metadata.ownerReferences[" + i + "]." + field, "\"\"", what + " must not be empty"));
                }
            }
            if (Json.booleanAt(owner, "controller")) {
                controllers.add(Json.stringAt(owner, "name"));
            }
            i++;
        }
        if (controllers.size() > 1) {
            causes.add(Cause.invalid(
                    "metadata.ownerReferences",
                    Json.text(Json.arrayAt(meta.node(), "ownerReferences")),
                    "Only one reference can have Controller set to true. Found \"true\" in references for "
                            + String.join(" and ", controllers)));
        }
    }
}
