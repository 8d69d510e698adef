package dev.sluice.kubeapi.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The field path of a rule, as in {@code .spec['a.b']}: where a broken rule is reported. */
final class FieldPaths {

    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\['((?:[^'\\\\]|\\\\.)*)'\\]");

    private FieldPaths() {}

    static boolean leadsSomewhere(String path, SchemaNode schema) {
        return resolve(path, schema) != null;
    }

    /** The path in the form of messages; null when it does not lead to a declared field. */
    static @Nullable String resolve(String path, SchemaNode schema) {
        Matcher step = STEP.matcher(path);
        StringBuilder resolved = new StringBuilder();
        SchemaNode node = schema;
        int end = 0;
        while (node != null && step.find() && step.start() == end) {
            String name = step.group(1) == null ? step.group(2).replaceAll("\\\\(.)", "$1") : step.group(1);
            boolean declared = node.properties().containsKey(name);
            String dot = resolved.isEmpty() ? "" : ".";
            resolved.append(declared ? dot + name : "[" + name + "]");
            node = node.field(name);
            end = step.end();
        }
        return node != null && end == path.length() && end > 0 ? resolved.toString() : null;
    }
}
