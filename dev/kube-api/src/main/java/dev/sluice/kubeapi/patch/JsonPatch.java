package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** JSON patch, RFC 6902. Of the known libraries none works on Jackson 3 trees. */
record JsonPatch(List<Operation> operations) {

    private static final int MAX_OPERATIONS = 10_000;

    /** @param value null where the operation has none, or where it is left out */
    private record Operation(
            String name,
            Pointer path,
            @Nullable Pointer from,
            @Nullable JsonNode value) {

        /** @throws PatchException if the operation is not one of the six, or misses a member */
        static Operation parse(JsonNode json) throws PatchException {
            String name = json.path("op").asString("");
            if (!json.path("path").isString()) {
                throw PatchException.rejected("operation " + JsonText.compact(json) + " has no path");
            }
            boolean moves = name.equals("move") || name.equals("copy");
            if (moves && !json.path("from").isString()) {
                throw PatchException.rejected("operation " + JsonText.compact(json) + " has no from");
            }
            Pointer from = moves ? Pointer.parse(json.path("from").stringValue()) : null;
            return new Operation(name, Pointer.parse(json.path("path").stringValue()), from, json.get("value"));
        }

        private JsonNode given() {
            return value == null ? NullNode.instance : value.deepCopy();
        }

        private Pointer source() throws PatchException {
            if (from == null) {
                throw PatchException.rejected("operation " + name + " of " + path + " has no from");
            }
            return from;
        }

        JsonNode apply(JsonNode root) throws PatchException {
            return switch (name) {
                case "add" -> path.add(root, given());
                case "replace" -> path.replace(root, given());
                case "remove" -> path.remove(root);
                case "copy" -> path.add(root, source().findOrNull(root).deepCopy());
                case "move" -> move(root);
                case "test" -> test(root);
                default -> throw PatchException.rejected("unknown operation " + JsonText.quoted(name) + " of " + path);
            };
        }

        private JsonNode move(JsonNode root) throws PatchException {
            if (path.isBelow(source())) {
                throw PatchException.rejected("cannot move " + from + " into itself at " + path);
            }
            JsonNode moved = source().find(root);
            return path.add(source().remove(root), moved);
        }

        private JsonNode test(JsonNode root) throws PatchException {
            JsonNode expected = value == null ? NullNode.instance : value;
            if (!path.findOrNull(root).equals(JsonPatch::compare, expected)) {
                throw PatchException.rejected("test of " + path + " failed: it is not " + JsonText.compact(expected));
            }
            return root;
        }
    }

    /** The same text: a test against {@code 1.0} fails, because objects are written with {@code 1}. */
    private static int compare(JsonNode present, JsonNode expected) {
        if (present.isNumber() && expected.isNumber()) {
            return JsonText.number(present).equals(expected.asString()) ? 0 : 1;
        }
        return present.equals(expected) ? 0 : 1;
    }

    static JsonPatch parse(JsonNode json) throws PatchException {
        if (!json.isArray()) {
            throw PatchException.undecodable(GoText.kind(json), "[]handlers.jsonPatchOp");
        }
        if (json.size() > MAX_OPERATIONS) {
            throw PatchException.tooLarge(
                    "The allowed maximum operations in a JSON patch is " + MAX_OPERATIONS + ", got " + json.size());
        }
        List<Operation> operations = new ArrayList<>();
        for (JsonNode operation : json) {
            if (!operation.isObject()) {
                throw PatchException.undecodable(GoText.kind(operation), "handlers.jsonPatchOp");
            }
            operations.add(Operation.parse(operation));
        }
        return new JsonPatch(operations);
    }

    JsonNode apply(JsonNode target) throws PatchException {
        JsonNode root = target.deepCopy();
        for (Operation operation : operations) {
            root = operation.apply(root);
        }
        return root;
    }
}
