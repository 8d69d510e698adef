package dev.sluice.artifact.fetch;

import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.artifact.tls.TlsUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS trust and credentials for downloads: private certificate authorities, a client certificate or SPIFFE ID, credentials.
 * Server verification cannot be disabled.
 *
 * <p>Credentials are sent only over https, and only to the host and port of the requested URL, not to those of a
 * redirect. They do not appear in messages or in {@link #toString}. Immutable.
 */
public final class FetchAccess {

    /** The last dot of the authority, of a URL whose host ends with one. */
    private static final Pattern FINAL_DOT = Pattern.compile("^(https://[^/?#]*)\\.(?=[:/?#]|$)");

    private static final FetchAccess PUBLIC = new FetchAccess(null, null, null);

    private final @Nullable SSLContext tls;
    private final @Nullable TlsSource source;
    private final @Nullable String authorization;

    private FetchAccess(@Nullable SSLContext tls, @Nullable TlsSource source, @Nullable String authorization) {
        this.tls = tls;
        this.source = source;
        this.authorization = authorization;
    }

    /** The certificate authorities that this JVM trusts, and no credentials. */
    public static FetchAccess open() {
        return PUBLIC;
    }

    /**
     * Returns a copy with another TLS context, for other trusted authorities or a client certificate. Host names are
     * still verified.
     */
    public FetchAccess withTls(SSLContext newTls) {
        return new FetchAccess(Objects.requireNonNull(newTls, "newTls"), null, authorization);
    }

    /**
     * Returns a copy with certificates and authorities that can change, for example those of a
     * {@link ReloadingTls}. After a change, connections of former ones are not used again. Host
     * names are still verified, except with {@link SpiffeTls}, see {@link #withSpiffe}.
     */
    public FetchAccess withTls(TlsSource newTls) {
        return new FetchAccess(null, Objects.requireNonNull(newTls, "newTls"), authorization);
    }

    /**
     * Like {@link #withTls(TlsSource)}, for URLs that others choose: presents the client certificate only to some hosts,
     * see {@link ReloadingTls#contextFor}.
     */
    public FetchAccess withTls(ReloadingTls newTls, Predicate<String> certificateHosts) {
        return new FetchAccess(newTls.contextFor(certificateHosts), newTls, authorization);
    }

    /**
     * Returns a copy that downloads only from authorized SPIFFE IDs, over mutual TLS: also from {@code http} URLs and
     * redirect targets, as Flux does. The port does not change; without one, it is 443. Host names are not verified.
     */
    public FetchAccess withSpiffe(SpiffeTls newSpiffe) {
        return withTls((TlsSource) newSpiffe);
    }

    /**
     * Returns a copy with a user name and password (RFC 7617).
     *
     * @throws IllegalArgumentException if the name contains a colon, which separates it from the password
     */
    public FetchAccess withBasic(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user name for basic authentication must not contain a colon");
        }
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new FetchAccess(tls, source, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /**
     * Returns a copy with a bearer token (RFC 6750).
     *
     * @throws IllegalArgumentException if the token is empty or contains an invalid character, such as a line break
     */
    public FetchAccess withBearer(String token) {
        if (!token.matches("[A-Za-z0-9._~+/-]+=*")) {
            throw new IllegalArgumentException(
                    "a bearer token must not be empty or contain spaces, line breaks or other special characters");
        }
        return new FetchAccess(tls, source, "Bearer " + token);
    }

    HttpClient.Builder configure(HttpClient.Builder client) {
        if (source instanceof SpiffeTls spiffe) {
            client.sslParameters(spiffe.clientParameters());
        }
        SSLContext context = source == null || tls != null ? tls : source.context();
        return context == null ? client : client.sslContext(context);
    }

    /** Returns what identifies the current certificates and authorities; null if they cannot change or are unavailable. */
    @Nullable
    Object certificates() {
        try {
            return source == null ? null : source.trustManager();
        } catch (TlsUnavailableException e) {
            return null;
        }
    }

    /**
     * Returns the URL to connect to. Over TLS, an absolute host name loses its final dot: certificates do not contain it,
     * and the JDK's client fails because the handshake must not, either (RFC 6066).
     */
    URI connected(URI uri) {
        boolean upgraded = source instanceof SpiffeTls && "http".equals(uri.getScheme());
        URI secured = upgraded ? URI.create("https" + uri.toString().substring("http".length())) : uri;
        return "https".equals(secured.getScheme()) && secured.getHost().endsWith(".")
                ? URI.create(FINAL_DOT.matcher(secured.toString()).replaceFirst("$1"))
                : secured;
    }

    /** Returns what a server is offered, for error messages; empty unless it is a SPIFFE ID. */
    Optional<String> offered() {
        return source instanceof SpiffeTls spiffe ? Optional.of(spiffe.offered()) : Optional.empty();
    }

    /**
     * Returns the Authorization header for {@code target}.
     *
     * @param named the requested URL
     * @throws FetchException if there are credentials and the requested URL is not https
     */
    Optional<String> authorization(URI named, URI target) throws FetchException {
        if (authorization == null) {
            return Optional.empty();
        }
        if (!"https".equals(named.getScheme())) {
            throw new FetchException(
                    "cannot download '" + RedactedUrl.of(named.toString()) + "': credentials are only sent over https");
        }
        return sameOrigin(named, target) ? Optional.of(authorization) : Optional.empty();
    }

    private static boolean sameOrigin(URI one, URI other) {
        return Objects.equals(one.getScheme(), other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        String shown = source instanceof SpiffeTls ? "SPIFFE" : source == null && tls == null ? "default" : "own";
        return "FetchAccess[tls=" + shown + ", credentials=" + (authorization == null ? "none" : "***") + "]";
    }
}
