package dev.sluice.artifact.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A listen address in Go's format.
 *
 * @param host a host name or an address without brackets; empty for all interfaces
 * @param port port number; 0 for any free port
 */
public record ListenAddress(String host, int port) {

    /** The accepted syntax, for messages and help. */
    public static final String SYNTAX = "an address such as :8080, 127.0.0.1:8080 or [::1]:8080";

    private static final Pattern FORMAT =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.%A-Za-z]+)]|([A-Za-z0-9._-]*)):([0-9]{1,5})");
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");
    private static final int MAX_PORT = 65_535;

    /**
     * Parses {@code host:port} or {@code :port}; with an IPv6 address in brackets.
     *
     * @throws IllegalArgumentException if the text has another format or the port is above 65535
     */
    public static ListenAddress parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > MAX_PORT) {
            throw new IllegalArgumentException("\"%s\" is not %s".formatted(text, SYNTAX));
        }
        String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
        return new ListenAddress(host, Integer.parseInt(parts.group(3)));
    }

    /** Returns the format that {@link #parse} accepts. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Returns the default for the address that consumers use. */
    String advertised(Map<String, String> environment) {
        String name = host;
        if (host.isEmpty()) {
            name = "localhost";
        } else if (WILDCARDS.contains(host)) {
            String variable = environment.getOrDefault("HOSTNAME", "");
            name = variable.isEmpty() ? localHostName() : variable;
        }
        return new ListenAddress(name, port).toString();
    }

    private static String localHostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "cannot determine the name of this host; set --" + StorageConfig.STORAGE_ADVERTISED_ADDRESS, e);
        }
    }

    InetSocketAddress toSocketAddress() {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }
}
