package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Validates the keys of ConfigMaps and Secrets, which must be file names. */
final class DataKeys {

    private static final int MAX_TOTAL_BYTES = 1 << 20;
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

    private DataKeys() {}

    static List<Cause> validate(ObjectNode object, String field) {
        List<Cause> causes = new ArrayList<>();
        ObjectNode data = Json.objectAt(object, field);
        long total = 0;
        for (String key : data.propertyNames()) {
            if (!KEY.matcher(key).matches() || key.equals(".") || key.startsWith("..")) {
                causes.add(Cause.invalid(
                        field + "[" + key + "]",
                        Cause.quote(key),
                        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name', "
                                + " or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"));
            }
            total += Json.stringAt(data, key).length();
        }
        if (total > MAX_TOTAL_BYTES) {
            causes.add(Cause.tooLong("", "may not be more than " + MAX_TOTAL_BYTES + " bytes"));
        }
        return causes;
    }
}
