package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.schema.SchemaNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The patch formats except server-side apply. Arguments are not modified. */
public final class Patches {

    private static final int MAX_OPERATIONS = 10_000;
    private static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList/";
    private static final String ELEMENT_ORDER = "$setElementOrder/";

    private Patches() {}

    /**
     * Applies a JSON patch (RFC 6902) atomically: add, replace, remove and test.
     *
     * @throws PatchException if the patch is malformed (400), has more than 10,000 operations (413), or an operation or
     *     test fails (422)
     */
    public static JsonNode jsonPatch(JsonNode target, JsonNode operations) throws PatchException {
        if (!operations.isArray()) {
            throw PatchException.badRequest("error decoding patch: a JSON patch must be a list of operations");
        }
        if (operations.size() > MAX_OPERATIONS) {
            throw PatchException.tooLarge("The allowed maximum operations in a JSON patch is " + MAX_OPERATIONS
                    + ", got " + operations.size());
        }
        JsonNode root = target.deepCopy();
        for (JsonNode operation : operations) {
            try {
                root = operate(root, operation);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw PatchException.rejected("cannot apply " + operation + ": " + e.getMessage());
            }
        }
        return root;
    }

    /** @throws IllegalArgumentException if the operation is not possible */
    private static JsonNode operate(JsonNode root, JsonNode operation) {
        require(operation.path("path").isString(), "missing path");
        JsonPointer path = JsonPointer.compile(operation.path("path").stringValue());
        String name = operation.path("op").asString("");
        JsonNode value = operation.has("value") ? operation.get("value").deepCopy() : NullNode.instance;
        if (name.equals("test")) {
            JsonNode found = root.at(path);
            require(Json.equal(found.isMissingNode() ? NullNode.instance : found, value), "the value differs");
            return root;
        }
        if (path.matches()) {
            require(name.equals("add") || name.equals("replace"), "the root cannot be removed");
            return value;
        }
        JsonNode parent = root.at(path.head());
        if (parent instanceof ObjectNode object) {
            operate(object, path.last().getMatchingProperty(), name, value);
        } else if (parent instanceof ArrayNode array) {
            operate(array, path.last(), name, value);
        } else {
            require(false, "the path does not exist");
        }
        return root;
    }

    private static void operate(ObjectNode object, String field, String name, JsonNode value) {
        switch (name) {
            // like the real server, replace adds a missing value
            case "add", "replace" -> object.set(field, value);
            case "remove" -> require(object.remove(field) != null, "the path does not exist");
            default -> require(false, "unsupported operation");
        }
    }

    private static void operate(ArrayNode array, JsonPointer last, String name, JsonNode value) {
        boolean append = last.getMatchingProperty().equals("-");
        int index = append ? array.size() : last.getMatchingIndex();
        require(index >= 0 && index <= array.size() - (name.equals("add") ? 0 : 1), "index out of range");
        switch (name) {
            case "add" -> array.insert(index, value);
            case "replace" -> array.set(index, value);
            case "remove" -> array.remove(index);
            default -> require(false, "unsupported operation");
        }
    }

    private static void require(boolean holds, String error) {
        if (!holds) {
            throw new IllegalArgumentException(error);
        }
    }

    /**
     * Applies a JSON merge patch (RFC 7386).
     *
     * @throws PatchException if the patch is not an object
     */
    public static JsonNode mergePatch(JsonNode target, JsonNode patch) throws PatchException {
        return merge(target, requireObject(patch), null, false);
    }

    /**
     * Applies a strategic merge patch: merges objects, sets and lists with keys. {@code $patch: delete} and
     * {@code $deleteFromPrimitiveList} delete items. The order of lists is not patched.
     *
     * @param type the type of a built-in kind; custom resources do not support this format
     * @throws PatchException if the patch is not an object
     */
    public static JsonNode strategicMerge(JsonNode target, JsonNode patch, SchemaNode type) throws PatchException {
        requireKnownDirectives(patch);
        return merge(target, requireObject(patch), type, true);
    }

    private static void requireKnownDirectives(JsonNode patch) throws PatchException {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            String name = field.getKey();
            boolean deletes =
                    name.equals("$patch") && field.getValue().asString("").equals("delete");
            boolean known = deletes || name.startsWith(DELETE_FROM_LIST) || name.startsWith(ELEMENT_ORDER);
            if (name.startsWith("$") && !known) {
                throw PatchException.badRequest(
                        "unsupported directive of strategic merge patch: " + name + ": " + field.getValue());
            }
        }
        for (JsonNode child : patch) {
            requireKnownDirectives(child);
        }
    }

    private static JsonNode requireObject(JsonNode patch) throws PatchException {
        if (!patch.isObject()) {
            throw PatchException.badRequest("error decoding patch: a merge patch must be an object");
        }
        return patch;
    }

    private static JsonNode merge(JsonNode target, JsonNode patch, @Nullable SchemaNode type, boolean strategic) {
        if (strategic && target.isArray() && Shape.of(patch, type) == Shape.ITEMS && type != null) {
            return mergeItems(target, patch, type);
        }
        if (!patch.isObject()) {
            return withoutNulls(patch.deepCopy());
        }
        ObjectNode merged = target instanceof ObjectNode object ? object.deepCopy() : Json.object();
        patch.properties().forEach(field -> {
            String name = field.getKey();
            if (strategic && name.startsWith(DELETE_FROM_LIST)) {
                delete(merged.path(name.substring(DELETE_FROM_LIST.length())), field.getValue());
            } else if (field.getValue().isNull()) {
                merged.remove(name);
            } else if (!strategic || !name.startsWith(ELEMENT_ORDER)) {
                merged.set(name, merge(merged.path(name), field.getValue(), Shape.field(type, name), strategic));
            }
        });
        return merged;
    }

    private static ArrayNode mergeItems(JsonNode target, JsonNode patch, SchemaNode type) {
        ArrayNode kept = (ArrayNode) target.deepCopy();
        ArrayNode changes = Json.array();
        for (JsonNode change : patch) {
            if (change.path("$patch").asString("").equals("delete")) {
                PathElement gone = PathElement.item(change, type);
                kept.removeIf(item -> PathElement.item(item, type).equals(gone));
            } else {
                changes.add(change);
            }
        }
        return (ArrayNode) TypedMerge.merge(kept, changes, type);
    }

    private static void delete(JsonNode list, JsonNode values) {
        if (list instanceof ArrayNode array) {
            array.removeIf(item -> values.valueStream().anyMatch(value -> Json.equal(item, value)));
        }
    }

    /** Beyond the RFC, removes nulls from objects in lists too; null items are kept. */
    private static JsonNode withoutNulls(JsonNode added) {
        if (added instanceof ObjectNode object) {
            object.removeNulls();
        }
        added.forEach(Patches::withoutNulls);
        return added;
    }
}
