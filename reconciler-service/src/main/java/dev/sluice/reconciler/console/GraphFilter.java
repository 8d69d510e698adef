package dev.sluice.reconciler.console;

import dev.sluice.reconciler.text.EscapedText;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The part of the graph that a page shows, with all that leads to it and from it. It is part of the address.
 *
 * @param focus the ID of a node; empty for none
 * @param text searched in kinds, names and messages; empty for all
 * @param namespace an exact namespace; empty for all
 * @param page the number of the page, from 1, if a column is too long
 */
record GraphFilter(String focus, String text, String namespace, int page) {

    private static final int MAX_TEXT = 200;
    private static final int MAX_FOCUS = 600;

    /** Reads the parameters of an address; ignores invalid ones. */
    static GraphFilter parse(Function<String, Optional<String>> parameters) {
        return new GraphFilter(
                text(parameters, "focus", MAX_FOCUS),
                text(parameters, "q", MAX_TEXT),
                text(parameters, "namespace", MAX_TEXT),
                parameters.apply("page").flatMap(Filter::number).orElse(1));
    }

    private static String text(Function<String, Optional<String>> parameters, String name, int length) {
        String plain = EscapedText.without(parameters.apply(name).orElse("").strip());
        return plain.substring(0, Math.min(length, plain.length()));
    }

    /** The address of the neighbours of a node. */
    static String address(String focus) {
        return new GraphFilter(focus, "", "", 1).address();
    }

    static String ofNamespace(String namespace) {
        return new GraphFilter("", "", namespace, 1).address();
    }

    String address(int otherPage) {
        return new GraphFilter(focus, text, namespace, otherPage).address();
    }

    private String address() {
        StringBuilder address = new StringBuilder("/graph");
        Filter.add(address, "focus", focus);
        Filter.add(address, "q", text);
        Filter.add(address, "namespace", namespace);
        Filter.add(address, "page", page == 1 ? "" : Integer.toString(page));
        return address.toString();
    }

    boolean isEmpty() {
        return focus.isEmpty() && text.isEmpty() && namespace.isEmpty();
    }

    boolean matches(GraphNode node) {
        return focus.isEmpty()
                ? (namespace.isEmpty() || node.key().namespace().equals(namespace))
                        && (text.isEmpty() || node.matches(text.toLowerCase(Locale.ROOT)))
                : node.id().equals(focus);
    }
}
