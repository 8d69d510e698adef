package dev.sluice.runtime.flag;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host a host name or address without brackets; empty for all interfaces
 * @param port 0 lets the system choose
 */
public record ListenAddress(String host, int port) {

    static final String ALLOWED = "an address such as :8080, 127.0.0.1:8080 or [::1]:8080";

    private static final int MAX_PORT = 65_535;
    private static final Pattern SYNTAX =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.%A-Za-z]+)]|([A-Za-z0-9._-]*)):([0-9]{1,5})");

    /**
     * Reads {@code host:port} or {@code :port}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException if the text is not of that form or the port is above 65535
     */
    public static ListenAddress parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
            throw new IllegalArgumentException("\"" + text + "\" is not " + ALLOWED);
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new ListenAddress(host, Integer.parseInt(matcher.group(3)));
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
