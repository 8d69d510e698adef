package dev.sluice.artifact.fetch;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Which servers a download trusts, and what it shows to them: a private certificate authority, a client certificate,
 * credentials. There is no way to skip the verification of a server.
 *
 * <p>Credentials are sent over https only, and only to the host and port that the caller named: after a redirect to
 * another they stay behind. They are in no message and not in {@link #toString}. Immutable.
 */
public final class FetchAccess {

    private static final FetchAccess PUBLIC = new FetchAccess(null, null);

    private final @Nullable SSLContext tls;
    private final @Nullable String authorization;

    private FetchAccess(@Nullable SSLContext tls, @Nullable String authorization) {
        this.tls = tls;
        this.authorization = authorization;
    }

    /** The authorities that this JVM trusts, and no credentials. */
    public static FetchAccess open() {
        return PUBLIC;
    }

    /** The same with other trusted authorities, or with a client certificate; host names are verified all the same. */
    public FetchAccess withTls(SSLContext newTls) {
        return new FetchAccess(Objects.requireNonNull(newTls, "newTls"), authorization);
    }

    /**
     * The same with a user's name and password (RFC 7617).
     *
     * @throws IllegalArgumentException if the name has a colon, which the password would begin after
     */
    public FetchAccess withBasic(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user's name for basic authentication cannot have a colon");
        }
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new FetchAccess(tls, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /**
     * The same with a bearer token (RFC 6750).
     *
     * @throws IllegalArgumentException if it has a character that no token can have, such as a line break
     */
    public FetchAccess withBearer(String token) {
        if (!token.matches("[A-Za-z0-9._~+/-]+=*")) {
            throw new IllegalArgumentException(
                    "a bearer token cannot be empty or have spaces, line breaks or the like");
        }
        return new FetchAccess(tls, "Bearer " + token);
    }

    HttpClient.Builder configure(HttpClient.Builder client) {
        return tls == null ? client : client.sslContext(tls);
    }

    /**
     * What to send to {@code target}.
     *
     * @param named where the caller wanted to go
     * @throws FetchException if there are credentials and the first server is not asked over https
     */
    Optional<String> authorization(URI named, URI target) throws FetchException {
        if (authorization == null) {
            return Optional.empty();
        }
        if (!"https".equals(named.getScheme())) {
            throw new FetchException("can not download '" + RedactedUrl.of(named.toString())
                    + "': credentials are sent over https only");
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
        return "FetchAccess[tls=" + (tls == null ? "default" : "own") + ", credentials="
                + (authorization == null ? "none" : "***") + "]";
    }
}
