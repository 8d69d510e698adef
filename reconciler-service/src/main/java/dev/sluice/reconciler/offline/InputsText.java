package dev.sluice.reconciler.offline;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.reconciler.difference.PathChange;
import dev.sluice.toolkit.meta.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Exported inputs as JSON. */
final class InputsText {

    private static final String FIELD = "status.exportedInputs";

    private InputsText() {}

    /** The values in the order of the file. */
    static JsonObject json(Map<String, JsonValue> inputs) {
        JsonObject json = new JsonObject();
        inputs.forEach((key, value) -> json.add(key, JsonParser.parseString(value.json())));
        return json;
    }

    static Map<String, JsonValue> parse(String text) throws IOException {
        try {
            Map<String, JsonValue> inputs = new LinkedHashMap<>();
            for (Map.Entry<String, JsonElement> entry :
                    JsonParser.parseString(text).getAsJsonObject().entrySet()) {
                inputs.put(entry.getKey(), JsonValue.of(entry.getValue()));
            }
            return inputs;
        } catch (RuntimeException e) {
            throw new IOException("exported inputs are not a JSON object", e);
        }
    }

    /** The difference of the inputs, as of a file; empty if there is none. */
    static List<PathChange> changes(Map<String, JsonValue> before, Map<String, JsonValue> after) throws IOException {
        return ExportedInputs.of(before).equals(ExportedInputs.of(after))
                ? List.of()
                : PathChange.between(tree(before), tree(after));
    }

    private static FileTree tree(Map<String, JsonValue> inputs) throws IOException {
        if (inputs.isEmpty()) {
            return FileTree.empty();
        }
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        inputs.forEach((key, value) -> sorted.put(key, sorted(value.toJava())));
        String text = BuildReport.GSON.toJson(sorted) + "\n";
        return FileTree.builder()
                .putFile(TreePath.of(FIELD), FileEntry.of(false, text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((key, inner) -> sorted.put((String) key, sorted(inner)));
            return sorted;
        }
        return value instanceof List<?> list
                ? list.stream().map(InputsText::sorted).toList()
                : value;
    }
}
