package dev.sluice.deploy;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints fields of an object like {@code kubectl get -o jsonpath}; missing fields are empty. Supports {@code .field},
 * {@code .field\.with\.dots}, {@code [*]} and {@code [?(@.field=="value")]}.
 */
final class JsonPath {

    private static final Pattern EXPRESSION = Pattern.compile("\\{(\\.[^}]*)}");
    private static final Pattern FIELD = Pattern.compile("\\.((?:[^.\\[\\\\]|\\\\.)+)");
    private static final Pattern ITEMS = Pattern.compile("\\[(?:\\*|\\?\\(@(\\.\\w+)==['\"]([^'\"]*)['\"]\\))]");

    private JsonPath() {}

    /** Replaces each <code>{.path}</code> in the template. */
    static String print(JsonElement object, String template) {
        return EXPRESSION.matcher(template).replaceAll(found -> Matcher.quoteReplacement(text(object, found.group(1))));
    }

    private static String text(JsonElement object, String path) {
        return values(List.of(object), path).stream()
                .map(value -> value.isJsonPrimitive() ? value.getAsString() : value.toString())
                .collect(Collectors.joining(" "));
    }

    private static List<JsonElement> values(List<JsonElement> found, String path) {
        if (path.isEmpty()) {
            return found;
        }
        Matcher field = FIELD.matcher(path);
        if (field.lookingAt()) {
            String name = field.group(1).replace("\\", "");
            return values(found.stream().flatMap(each -> field(each, name)).toList(), path.substring(field.end()));
        }
        Matcher items = ITEMS.matcher(path);
        if (items.lookingAt()) {
            return values(
                    found.stream()
                            .flatMap(each -> each.getAsJsonArray().asList().stream())
                            .filter(item -> items.group(1) == null
                                    || text(item, items.group(1)).equals(items.group(2)))
                            .toList(),
                    path.substring(items.end()));
        }
        throw new IllegalArgumentException("unsupported JSONPath: " + path);
    }

    private static Stream<JsonElement> field(JsonElement object, String name) {
        return object.isJsonObject()
                ? Stream.ofNullable(object.getAsJsonObject().get(name))
                : Stream.empty();
    }
}
