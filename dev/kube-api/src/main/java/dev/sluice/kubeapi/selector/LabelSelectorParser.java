package dev.sluice.kubeapi.selector;

import dev.sluice.kubeapi.selector.LabelSelector.Operator;
import dev.sluice.kubeapi.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1}. */
final class LabelSelectorParser {

    private static final Pattern KEY = Pattern.compile(
            "([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    private final String text;
    private int position;

    LabelSelectorParser(String text) {
        this.text = text;
    }

    List<Requirement> parse() {
        List<Requirement> requirements = new ArrayList<>();
        do {
            requirements.add(requirement());
        } while (accept(","));
        if (!atEnd()) {
            throw fail("found '" + rest() + "', expected: ',' or 'end of string'");
        }
        return requirements;
    }

    private Requirement requirement() {
        if (accept("!")) {
            return new Requirement(key(), Operator.ABSENT, Set.of());
        }
        String key = key();
        if (accept("==") || accept("=")) {
            return new Requirement(key, Operator.IN, Set.of(value()));
        }
        if (accept("!=")) {
            return new Requirement(key, Operator.NOT_IN, Set.of(value()));
        }
        if (accept(">")) {
            return new Requirement(key, Operator.GREATER, Set.of(number(key)));
        }
        if (accept("<")) {
            return new Requirement(key, Operator.LESS, Set.of(number(key)));
        }
        if (acceptWord("in")) {
            return new Requirement(key, Operator.IN, values());
        }
        if (acceptWord("notin")) {
            return new Requirement(key, Operator.NOT_IN, values());
        }
        return new Requirement(key, Operator.EXISTS, Set.of());
    }

    private String key() {
        String key = word();
        if (!KEY.matcher(key).matches()) {
            throw fail("found '" + (key.isEmpty() ? rest() : key) + "', expected: identifier");
        }
        return key;
    }

    private String value() {
        String value = word();
        if (!VALUE.matcher(value).matches()) {
            throw fail(
                    "values: Invalid value: \"" + value + "\": a valid label must be an empty string or consist of"
                            + " alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character");
        }
        return value;
    }

    private String number(String key) {
        String value = value();
        try {
            return Long.toString(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw fail("values[0]: Invalid value: \"" + value + "\": for 'Gt', 'Lt' operators on '" + key
                    + "', the value must be an integer");
        }
    }

    private Set<String> values() {
        if (!accept("(")) {
            throw fail("found '" + rest() + "', expected: '('");
        }
        Set<String> values = new LinkedHashSet<>();
        do {
            values.add(value());
        } while (accept(","));
        if (!accept(")")) {
            throw fail("found '" + rest() + "', expected: ',', ')' or identifier");
        }
        return values;
    }

    private String word() {
        skipSpace();
        int start = position;
        while (!atEnd() && "=!<>,() \t".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    private boolean acceptWord(String word) {
        skipSpace();
        int end = position + word.length();
        boolean found =
                text.startsWith(word, position) && (end == text.length() || " \t(".indexOf(text.charAt(end)) >= 0);
        position = found ? end : position;
        return found;
    }

    private boolean accept(String symbol) {
        skipSpace();
        boolean found = text.startsWith(symbol, position);
        position = found ? position + symbol.length() : position;
        return found;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private boolean atEnd() {
        return position >= text.length();
    }

    private String rest() {
        return text.substring(Math.min(position, text.length()));
    }

    private static SelectorSyntaxException fail(String detail) {
        return new SelectorSyntaxException("unable to parse requirement: " + detail);
    }
}
