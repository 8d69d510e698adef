package dev.sluice.artifact.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen on, as Go writes it.
 *
 * @param host a name, an address without brackets, or empty for all interfaces
 */
record ListenAddress(String host, int port) {

    private static final Pattern FORMAT = Pattern.compile("(?:\\[([^\\[\\]]*)]|([^:\\[\\]]*)):(\\d{1,5})");
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");
    private static final int MAX_PORT = 65_535;

    static ListenAddress parse(String option, String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > MAX_PORT) {
            throw StorageConfig.wrong(option, text, "write it as host:port or :port, an IPv6 address in brackets");
        }
        String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
        return new ListenAddress(host, Integer.parseInt(parts.group(3)));
    }

    /** What consumers are told when nothing else is configured. */
    String advertised(Map<String, String> environment) {
        String name = host;
        if (host.isEmpty()) {
            name = "localhost";
        } else if (WILDCARDS.contains(host)) {
            String variable = environment.getOrDefault("HOSTNAME", "");
            name = variable.isEmpty() ? localHostName() : variable;
        }
        return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
    }

    private static String localHostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "this host has no name to advertise: set --" + StorageConfig.STORAGE_ADVERTISED_ADDRESS, e);
        }
    }

    InetSocketAddress toSocketAddress() {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }
}
