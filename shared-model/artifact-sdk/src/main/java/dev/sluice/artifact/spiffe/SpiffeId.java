package dev.sluice.artifact.spiffe;

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
    private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");

    /** Possessive: otherwise, each segment of an ID that a peer chose would need several frames of the stack. */
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]++)*+");

    /** @throws IllegalArgumentException if the parts are not those of a valid ID */
    public SpiffeId {
        if (SCHEME.length() + trustDomain.length() + path.length() > MAX_LENGTH
                || !TRUST_DOMAIN.matcher(trustDomain).matches()
                || !PATH.matcher(path).matches()) {
            throw invalid();
        }
    }

    /**
     * Parses an ID.
     *
     * @throws IllegalArgumentException if the text is not a valid ID
     */
    public static SpiffeId parse(String text) {
        if (!text.startsWith(SCHEME)) {
            throw invalid();
        }
        int slash = text.indexOf('/', SCHEME.length());
        int end = slash < 0 ? text.length() : slash;
        return new SpiffeId(text.substring(SCHEME.length(), end), text.substring(end));
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("not a valid SPIFFE ID");
    }

    /** Returns the ID as a URI. */
    @Override
    public String toString() {
        return SCHEME + trustDomain + path;
    }
}
