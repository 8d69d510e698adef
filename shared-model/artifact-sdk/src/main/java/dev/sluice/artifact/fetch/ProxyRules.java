package dev.sluice.artifact.fetch;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Selects the proxy for a URL by the environment variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in upper or lower
 * case, as interpreted by Go. Loopback addresses are never proxied. Immutable.
 *
 * <p>Supports only HTTP proxies, which also tunnel https. Credentials in a proxy's URL are used; for https, Java also
 * requires {@code -Djdk.http.auth.tunneling.disabledSchemes=}.
 */
public final class ProxyRules {

    private static final int DEFAULT_PORT = 80;

    /** A proxy with optional user info {@code user:password}. */
    record HttpProxy(String host, int port, Optional<String> userInfo) {

        InetSocketAddress address() {
            return InetSocketAddress.createUnresolved(host, port);
        }
    }

    private final Optional<HttpProxy> forHttp;
    private final Optional<HttpProxy> forHttps;
    private final NoProxy exceptions;

    private ProxyRules(Optional<HttpProxy> forHttp, Optional<HttpProxy> forHttps, NoProxy exceptions) {
        this.forHttp = forHttp;
        this.forHttps = forHttps;
        this.exceptions = exceptions;
    }

    /** No proxies. */
    public static ProxyRules none() {
        return fromEnvironment(Map.of());
    }

    /**
     * Reads the environment variables; an empty one counts as unset.
     *
     * @throws IllegalArgumentException if a proxy is not {@code http://host:port} or {@code host:port}
     */
    public static ProxyRules fromEnvironment(Map<String, String> environment) {
        return new ProxyRules(
                variable(environment, "HTTP_PROXY").map(url -> proxy("HTTP_PROXY", url)),
                variable(environment, "HTTPS_PROXY").map(url -> proxy("HTTPS_PROXY", url)),
                NoProxy.parse(variable(environment, "NO_PROXY").orElse("")));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT))))
                .filter(value -> !value.isBlank())
                .map(String::strip);
    }

    private static HttpProxy proxy(String variable, String url) {
        URI uri;
        try {
            uri = URI.create(url.contains("://") ? url : "http://" + url);
        } catch (IllegalArgumentException e) {
            // omit the cause, which would quote the URL with its password
            throw invalid(variable, url);
        }
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw invalid(variable, url);
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new HttpProxy(uri.getHost(), port, Optional.ofNullable(uri.getUserInfo()));
    }

    private static IllegalArgumentException invalid(String variable, String url) {
        return new IllegalArgumentException(
                variable + " '" + RedactedUrl.of(url) + "' is not an HTTP proxy; use http://host:port");
    }

    /** Returns the proxy for a URL; empty for a direct connection. */
    Optional<HttpProxy> proxyFor(URI url) {
        boolean https = "https".equals(url.getScheme());
        String host = url.getHost();
        if (host == null || exceptions.covers(host, url.getPort() < 0 ? (https ? 443 : 80) : url.getPort())) {
            return Optional.empty();
        }
        return https ? forHttps : forHttp;
    }
}
