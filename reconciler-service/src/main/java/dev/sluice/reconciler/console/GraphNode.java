package dev.sluice.reconciler.console;

import dev.sluice.toolkit.meta.ObjectKey;
import java.util.Locale;

/**
 * An object in the graph.
 *
 * @param what the kind in the Kubernetes API
 * @param message why it is in this state; empty if it is ready
 */
record GraphNode(Column column, String what, ObjectKey key, State state, String message) {

    /** What an object is for others, in the direction of the edges. */
    enum Column {
        SOURCE("source"),
        GENERATOR("generator"),
        ARTIFACT("artifact"),
        CONSUMER("consumer");

        private final String label;

        Column(String label) {
            this.label = label;
        }

        String counted(int count) {
            return "%d %s%s".formatted(count, label, count == 1 ? "" : "s");
        }
    }

    static GraphNode of(Column column, Item item) {
        return new GraphNode(column, item.what(), item.key(), item.state(), item.message());
    }

    /** Identifies the object in addresses. */
    String id() {
        return id(what, key);
    }

    static String id(String what, ObjectKey key) {
        return what + "/" + key;
    }

    /** The path of its page; empty if it has none. */
    String path() {
        return switch (column) {
            case GENERATOR -> Links.generator(key);
            case ARTIFACT -> Links.artifact(key);
            case SOURCE, CONSUMER -> "";
        };
    }

    /** Whether a text in lower case occurs in its kind, name or message. */
    boolean matches(String text) {
        return id().toLowerCase(Locale.ROOT).contains(text)
                || message.toLowerCase(Locale.ROOT).contains(text);
    }
}
