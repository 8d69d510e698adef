package dev.sluice.artifact.spiffe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An identity as defined by the SPIFFE ID standard.
 *
 * @param trustDomain such as {@code example.org}
 * @param path empty, or such as {@code /ns/flux-system/sa/source-controller}
 */
public record SpiffeId(String trustDomain, String path) {

    static final String SCHEME = "spiffe://";

    private static final int MAX_LENGTH = 2048;
    private static final Pattern FORM =
            Pattern.compile(SCHEME + "([a-z0-9._-]{1,255})((?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+)*)");

    /**
     * Parses an ID.
     *
     * @throws IllegalArgumentException if the text is not a valid ID
     */
    public static SpiffeId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            throw new IllegalArgumentException("not a valid SPIFFE ID");
        }
        return new SpiffeId(matcher.group(1), matcher.group(2));
    }

    /** Returns the ID as a URI. */
    @Override
    public String toString() {
        return SCHEME + trustDomain + path;
    }
}
