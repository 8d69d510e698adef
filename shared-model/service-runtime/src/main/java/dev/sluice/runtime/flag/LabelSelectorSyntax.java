package dev.sluice.runtime.flag;

import java.util.regex.Pattern;

/** The syntax of Kubernetes label selectors; the API server interprets them. */
final class LabelSelectorSyntax {

    static final String ALLOWED = "a label selector such as app=web,tier in (a,b),!legacy";

    private static final String NAME = "[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final String KEY = "(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?" + NAME;
    private static final String VALUE = "(?:" + NAME + ")?";
    private static final String REQUIREMENT = "\\s*(?:!\\s*" + KEY + "|" + KEY + "(?:\\s*(?:==|=|!=)\\s*" + VALUE
            + "|\\s+(?:in|notin)\\s*\\(\\s*" + VALUE + "(?:\\s*,\\s*" + VALUE + ")*\\s*\\))?)\\s*";
    private static final Pattern SELECTOR = Pattern.compile(REQUIREMENT + "(?:," + REQUIREMENT + ")*");

    /** Longer selectors do not fit into a request line; also bounds the cost of the regular expression. */
    private static final int MAX_LENGTH = 4096;

    private LabelSelectorSyntax() {}

    static String check(String text) {
        if (text.isBlank()) {
            return "";
        }
        if (text.length() > MAX_LENGTH || !SELECTOR.matcher(text).matches()) {
            throw new IllegalArgumentException("not a label selector");
        }
        return text;
    }
}
