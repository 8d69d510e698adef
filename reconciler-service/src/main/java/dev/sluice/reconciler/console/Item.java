package dev.sluice.reconciler.console;

import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An object in a list.
 *
 * @param what the kind in the Kubernetes API
 * @param state derived from the conditions
 * @param message why it is in this state; empty if it is ready
 * @param advice what to do; empty if nothing
 * @param revision of its artifact; empty if it has none
 * @param sizeBytes of its artifact; -1 if it is unknown
 * @param changed when the artifact or the state last changed; null if it is unknown
 */
record Item(
        Group group,
        String what,
        ObjectKey key,
        State state,
        String message,
        String advice,
        String revision,
        long sizeBytes,
        @Nullable Instant changed) {

    /** Problems come first, then the latest changes. */
    static final Comparator<Item> WORST_FIRST = Comparator.comparing(Item::state)
            .thenComparing(Item::changed, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(item -> item.key().namespace())
            .thenComparing(item -> item.key().name());

    /** The lists of the console. */
    enum Group {
        GENERATORS("Generators"),
        ARTIFACTS("Artifacts"),
        SOURCES("Sources");

        private final String label;

        Group(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether somebody has to act, also to complete a deletion. */
    boolean isProblem() {
        return state.isProblem() || (state == State.DELETING && !advice.isEmpty());
    }

    /** Whether a text in lower case occurs in its names, revision or message. */
    boolean matches(String text) {
        return contains(key.toString(), text)
                || contains(revision, text)
                || contains(message, text)
                || contains(what, text);
    }

    private static boolean contains(String field, String text) {
        return field.toLowerCase(Locale.ROOT).contains(text);
    }

    /** The path of its page; empty if it has none. */
    String path() {
        return switch (group) {
            case GENERATORS -> Links.generator(key);
            case ARTIFACTS -> Links.artifact(key);
            case SOURCES -> "";
        };
    }
}
