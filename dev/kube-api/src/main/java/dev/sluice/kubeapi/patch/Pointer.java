package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON pointer (RFC 6901) and what JSON patch does at its end. The operations change the tree and return its root. */
record Pointer(List<String> tokens) {

    static Pointer parse(String text) throws PatchException {
        if (text.isEmpty()) {
            return new Pointer(List.of());
        }
        if (!text.startsWith("/")) {
            throw PatchException.rejected("path " + JsonText.quoted(text) + " does not start with /");
        }
        List<String> tokens = new ArrayList<>();
        for (String token : text.substring(1).split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return new Pointer(tokens);
    }

    boolean isBelow(Pointer other) {
        return tokens.size() > other.tokens.size()
                && tokens.subList(0, other.tokens.size()).equals(other.tokens);
    }

    JsonNode find(JsonNode root) throws PatchException {
        JsonNode node = root;
        for (String token : tokens) {
            node = step(node, token);
        }
        return node;
    }

    /** A path of which only the last step is missing counts as null. */
    JsonNode findOrNull(JsonNode root) throws PatchException {
        if (tokens.isEmpty()) {
            return root;
        }
        JsonNode parent = parent(root);
        return parent.isObject() && !parent.has(last()) ? NullNode.instance : step(parent, last());
    }

    private String last() {
        return tokens.get(tokens.size() - 1);
    }

    private JsonNode parent(JsonNode root) throws PatchException {
        return new Pointer(tokens.subList(0, tokens.size() - 1)).find(root);
    }

    private JsonNode step(JsonNode node, String token) throws PatchException {
        if (node.isObject() && node.has(token)) {
            return node.get(token);
        }
        if (node.isArray()) {
            return node.get(index(token, node.size() - 1, node.size()));
        }
        throw missing();
    }

    private PatchException missing() {
        return PatchException.rejected("path " + this + " does not exist");
    }

    /** Negative indices count from the end, as in the library of the real server. */
    private int index(String token, int max, int size) throws PatchException {
        boolean number = token.matches("-?[0-9]{1,9}");
        int index = number ? Integer.parseInt(token) : -1;
        int absolute = number && index < 0 ? index + size : index;
        if (absolute < 0 || absolute > max) {
            throw PatchException.rejected("path " + this + " has no index " + JsonText.quoted(token));
        }
        return absolute;
    }

    JsonNode add(JsonNode root, JsonNode value) throws PatchException {
        if (tokens.isEmpty()) {
            return value;
        }
        JsonNode parent = parent(root);
        if (parent instanceof ObjectNode object) {
            object.set(last(), value);
        } else if (parent instanceof ArrayNode array) {
            array.insert(last().equals("-") ? array.size() : index(last(), array.size(), array.size() + 1), value);
        } else {
            throw missing();
        }
        return root;
    }

    JsonNode replace(JsonNode root, JsonNode value) throws PatchException {
        if (tokens.isEmpty()) {
            return value;
        }
        JsonNode parent = parent(root);
        if (parent instanceof ObjectNode object) {
            // as on the real server, replacing what is not there adds it
            object.set(last(), value);
        } else if (parent instanceof ArrayNode array) {
            array.set(index(last(), array.size() - 1, array.size()), value);
        } else {
            throw missing();
        }
        return root;
    }

    JsonNode remove(JsonNode root) throws PatchException {
        if (tokens.isEmpty()) {
            return NullNode.instance;
        }
        JsonNode parent = parent(root);
        if (parent instanceof ObjectNode object && object.has(last())) {
            object.remove(last());
        } else if (parent instanceof ArrayNode array) {
            array.remove(index(last(), array.size() - 1, array.size()));
        } else {
            throw missing();
        }
        return root;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("\"");
        tokens.forEach(token -> text.append('/').append(token.replace("~", "~0").replace("/", "~1")));
        return text.append('"').toString();
    }
}
