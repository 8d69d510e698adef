package dev.sluice.artifact.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hosts in NO_PROXY, as interpreted by Go: {@code *} for all, addresses, networks ({@code 10.0.0.0/8}), domains
 * with their subdomains ({@code example.com}), and subdomains only ({@code .example.com}, {@code *.example.com}); all
 * except networks with an optional port. Does not resolve host names.
 */
record NoProxy(List<Rule> rules) {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    /** Matches only IP addresses, because other names would be looked up in the DNS. */
    private static final Pattern ADDRESS =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    interface Rule {
        boolean covers(String host, int port, Optional<InetAddress> address);
    }

    static NoProxy parse(String variable) {
        List<Rule> rules = new ArrayList<>();
        for (String entry : variable.split(",", -1)) {
            String text = entry.strip().toLowerCase(Locale.ROOT);
            if (!text.isEmpty()) {
                rule(text).ifPresent(rules::add);
            }
        }
        return new NoProxy(List.copyOf(rules));
    }

    private static Optional<Rule> rule(String text) {
        if (text.equals("*")) {
            return Optional.of((host, port, address) -> true);
        }
        if (text.contains("/")) {
            return network(text);
        }
        String[] hostAndPort = splitPort(text);
        int port = hostAndPort[1].isEmpty() ? -1 : Integer.parseInt(hostAndPort[1]);
        Optional<InetAddress> address = address(hostAndPort[0]);
        Rule rule = address.isPresent()
                ? (host, p, a) -> a.equals(address)
                : domain(hostAndPort[0].startsWith("*.") ? hostAndPort[0].substring(1) : hostAndPort[0]);
        return Optional.of((host, p, a) -> (port < 0 || p == port) && rule.covers(host, p, a));
    }

    private static Rule domain(String name) {
        String domain = withoutTrailingDot(name);
        String suffix = domain.startsWith(".") ? domain : "." + domain;
        return (host, port, address) -> host.equals(domain) || host.endsWith(suffix);
    }

    private static Optional<Rule> network(String text) {
        String[] parts = text.split("/", 2);
        Optional<InetAddress> base = address(parts[0]);
        if (base.isEmpty() || !parts[1].matches("\\d{1,3}")) {
            return Optional.empty();
        }
        byte[] network = base.get().getAddress();
        int bits = Integer.parseInt(parts[1]);
        return bits > network.length * 8
                ? Optional.empty()
                : Optional.of((host, port, address) -> address.isPresent()
                        && sameNetwork(network, address.get().getAddress(), bits));
    }

    private static boolean sameNetwork(byte[] network, byte[] address, int bits) {
        if (network.length != address.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if ((network[i / 8] & mask) != (address[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Splits off a port if it is unambiguous: an IPv6 address with a port needs brackets. */
    private static String[] splitPort(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean hasPort = colon >= 0
                && text.substring(colon + 1).matches("\\d{1,5}")
                && (bracketed ? text.charAt(colon - 1) == ']' : text.indexOf(':') == colon);
        String host = hasPort ? text.substring(0, colon) : text;
        return new String[] {
            bracketed ? host.replaceAll("[\\[\\]]", "") : host, hasPort ? text.substring(colon + 1) : ""
        };
    }

    /**
     * Whether the host is excluded from proxying. Loopback always is. Ignores a trailing dot, as in cluster addresses.
     */
    boolean covers(String urlHost, int port) {
        String host = withoutTrailingDot(withoutBrackets(urlHost.toLowerCase(Locale.ROOT)));
        Optional<InetAddress> address = address(host);
        if (host.equals("localhost")
                || address.map(InetAddress::isLoopbackAddress).orElse(false)) {
            return true;
        }
        return rules.stream().anyMatch(rule -> rule.covers(host, port, address));
    }

    private static String withoutBrackets(String host) {
        return host.replaceAll("[\\[\\]]", "");
    }

    /** Whether the host of a URL is an address, which is never looked up. */
    static boolean isAddress(String urlHost) {
        return ADDRESS.matcher(withoutBrackets(urlHost)).matches();
    }

    private static String withoutTrailingDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static Optional<InetAddress> address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
