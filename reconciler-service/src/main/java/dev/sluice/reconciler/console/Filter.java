package dev.sluice.reconciler.console;

import dev.sluice.reconciler.text.EscapedText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The search and the filters of the overview. They are part of the address.
 *
 * @param text searched in names, revisions and messages
 * @param namespace an exact namespace; empty for all
 * @param state null for all
 * @param page the number of the page, from 1
 */
record Filter(
        Item.Group group,
        String text,
        String namespace,
        @Nullable State state,
        int page) {

    static final int PAGE_SIZE = 100;

    private static final int MAX_TEXT = 200;
    private static final int MAX_PAGE = 100_000;

    /** Reads the parameters of an address; ignores invalid ones. */
    static Filter parse(Function<String, Optional<String>> parameters) {
        return new Filter(
                parameters.apply("kind").flatMap(Filter::group).orElse(Item.Group.GENERATORS),
                shortened(parameters.apply("q").orElse("")),
                shortened(parameters.apply("namespace").orElse("")),
                parameters.apply("state").flatMap(Filter::state).orElse(null),
                parameters.apply("page").flatMap(Filter::number).orElse(1));
    }

    private static Optional<Item.Group> group(String text) {
        return List.of(Item.Group.values()).stream()
                .filter(group -> group.key().equals(text))
                .findFirst();
    }

    private static Optional<State> state(String text) {
        return List.of(State.values()).stream()
                .filter(state -> state.key().equals(text))
                .findFirst();
    }

    static Optional<Integer> number(String text) {
        try {
            int number = Integer.parseInt(text);
            return number < 1 || number > MAX_PAGE ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String shortened(String text) {
        String plain = EscapedText.without(text.strip());
        return plain.substring(0, Math.min(MAX_TEXT, plain.length()));
    }

    /** The items of the snapshot that match. */
    List<Item> apply(CachedItems snapshot) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return snapshot.of(group).stream()
                .filter(item -> state == null || item.state() == state)
                .filter(item -> namespace.isEmpty() || item.key().namespace().equals(namespace))
                .filter(item -> wanted.isEmpty() || item.matches(wanted))
                .toList();
    }

    /** The address of a list without a search. */
    static String all(Item.Group group) {
        return new Filter(group, "", "", null, 1).address();
    }

    /** The address of another list with the same search. */
    String address(Item.Group other) {
        return new Filter(other, text, namespace, null, 1).address();
    }

    String address(int otherPage) {
        return new Filter(group, text, namespace, state, otherPage).address();
    }

    String address(@Nullable State other) {
        return new Filter(group, text, namespace, other, 1).address();
    }

    private String address() {
        StringBuilder address = new StringBuilder("/?kind=" + group.key());
        add(address, "q", text);
        add(address, "namespace", namespace);
        add(address, "state", state == null ? "" : state.key());
        add(address, "page", page == 1 ? "" : Integer.toString(page));
        return address.toString();
    }

    static void add(StringBuilder address, String name, String value) {
        if (!value.isEmpty()) {
            address.append(address.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(Links.encode(value));
        }
    }
}
