package dev.sluice.kubeapi.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Finds keys that one object of a JSON text has twice; in a tree the last of them has won already. */
public final class DuplicateFields {

    /** An object or array that is being read: where it is, and what it had so far. */
    private static final class Level {

        private final String path;
        private final boolean array;
        private final Set<String> names = new HashSet<>();
        private String name = "";
        private int index;

        private Level(String path, boolean array) {
            this.path = path;
            this.array = array;
        }

        private String child() {
            if (array) {
                return path + "[" + index++ + "]";
            }
            return path.isEmpty() ? name : path + "." + name;
        }
    }

    private final Deque<Level> levels = new ArrayDeque<>();
    private final List<String> found = new ArrayList<>();

    private DuplicateFields() {}

    /** The paths of the repeated keys of a document that parses, such as {@code spec.ports[0].name}. */
    public static List<String> in(byte[] json) {
        DuplicateFields fields = new DuplicateFields();
        try (JsonParser parser = Json.parser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                fields.see(token, parser);
            }
        }
        return List.copyOf(fields.found);
    }

    private void see(JsonToken token, JsonParser parser) {
        if (token == JsonToken.PROPERTY_NAME) {
            name(parser.currentName());
        } else if (token.isStructStart()) {
            levels.push(new Level(path(), token == JsonToken.START_ARRAY));
        } else if (token.isStructEnd()) {
            levels.pop();
        } else {
            path(); // a plain value counts as an item of its array
        }
    }

    private void name(String name) {
        Level level = levels.element();
        level.name = name;
        if (!level.names.add(name)) {
            found.add(level.child());
        }
    }

    private String path() {
        Level level = levels.peek();
        return level == null ? "" : level.child();
    }
}
