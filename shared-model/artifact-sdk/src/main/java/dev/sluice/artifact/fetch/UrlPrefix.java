package dev.sluice.artifact.fetch;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parsed URL prefix.
 *
 * @param host in lower case without the trailing dot of an absolute name; IPv6 addresses in canonical form
 * @param segments decoded path segments
 */
record UrlPrefix(String scheme, String host, int port, List<String> segments) {

    static UrlPrefix parse(String prefix) {
        try {
            URI uri = new URI(prefix);
            Optional<UrlPrefix> parts = of(uri);
            if (parts.isPresent() && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return parts.get().withoutFinalSlash();
            }
        } catch (URISyntaxException e) {
            // handled below
        }
        throw new IllegalArgumentException("'" + RedactedUrl.of(prefix) + "' is not a valid URL prefix; use http or"
                + " https with a host, without user info, dot segments, encoded slashes, query or fragment");
    }

    boolean matches(URI uri) {
        return of(uri).filter(this::isPrefixOf).isPresent();
    }

    private boolean isPrefixOf(UrlPrefix url) {
        return scheme.equals(url.scheme)
                && host.equals(url.host)
                && port == url.port
                && segments.size() <= url.segments.size()
                && segments.equals(url.segments.subList(0, segments.size()));
    }

    private UrlPrefix withoutFinalSlash() {
        int last = segments.size() - 1;
        return segments.get(last).isEmpty() ? new UrlPrefix(scheme, host, port, segments.subList(0, last)) : this;
    }

    /** Parses a URL; empty if it is ambiguous. */
    private static Optional<UrlPrefix> of(URI uri) {
        String scheme = lower(uri.getScheme());
        String host = uri.getHost();
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (!web || host == null || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return segments(uri.getRawPath()).map(segments -> new UrlPrefix(scheme, canonical(host), port, segments));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static String canonical(String host) {
        if (host.startsWith("[")) {
            try {
                return InetAddress.getByName(host).getHostAddress(); // an address in brackets is not looked up
            } catch (UnknownHostException e) {
                return host;
            }
        }
        String lower = lower(host);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Optional<List<String>> segments(String rawPath) {
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        try {
            List<String> segments = Arrays.stream(path.split("/", -1))
                    .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
            return segments.stream().anyMatch(UrlPrefix::isAmbiguous) ? Optional.empty() : Optional.of(segments);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isAmbiguous(String segment) {
        String name = segment.split(";", 2)[0];
        return name.equals(".")
                || name.equals("..")
                || segment.indexOf('%') >= 0
                || segment.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }
}
