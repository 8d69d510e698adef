package dev.sluice.artifact.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the client of an established connection may send another request, because a connection must not outlive
 * the client's certificate or its authority. Accepts all clients if no certificate is required. Confined to the connection.
 */
public final class ClientVerification {

    private static final String NAME = ClientVerification.class.getName();

    private final TlsSource tls;
    private final X509Certificate[] chain;
    private final Clock clock;
    private final Instant connected;
    private final @Nullable X509TrustManager trust;
    private boolean accepted;
    private boolean changed;

    private ClientVerification(
            TlsSource tls, X509Certificate[] chain, Clock clock, @Nullable X509TrustManager handshake) {
        this.tls = tls;
        this.chain = chain;
        this.clock = clock;
        this.connected = clock.instant();
        this.trust = chain.length == 0 ? null : trust(tls);
        this.changed = handshake != null && handshake != trust && chain.length > 0;
        this.accepted = chain.length == 0 || (trust != null && (handshake == trust || isTrusted(trust)));
    }

    /**
     * Returns the verification of the connection. The first call, before the first request, creates it and verifies the
     * client again: the certificates can have changed since the handshake, which can be long ago.
     */
    public static ClientVerification of(TlsSource tls, SSLSession session) {
        return of(tls, session, null);
    }

    /**
     * Like {@link #of(TlsSource, SSLSession)}, for servers that know how the client was verified: does not verify it again
     * while nothing has changed.
     *
     * @param handshake the trust manager that was current before the handshake began
     */
    public static ClientVerification of(TlsSource tls, SSLSession session, @Nullable X509TrustManager handshake) {
        if (session.getValue(NAME) instanceof ClientVerification existing) {
            return existing;
        }
        ClientVerification created = of(tls, session, handshake, Clock.systemUTC());
        session.putValue(NAME, created);
        return created;
    }

    static ClientVerification of(TlsSource tls, SSLSession session, @Nullable X509TrustManager handshake, Clock clock) {
        X509Certificate[] chain = new X509Certificate[0];
        try {
            if (session.getPeerCertificates() instanceof X509Certificate[] presented) {
                chain = presented;
            }
        } catch (SSLPeerUnverifiedException e) {
            // no certificate is required
        }
        return new ClientVerification(tls, chain, clock, handshake);
    }

    private static @Nullable X509TrustManager trust(TlsSource tls) {
        try {
            return tls.trustManager();
        } catch (TlsUnavailableException e) {
            return null;
        }
    }

    /**
     * Whether the client may send another request. Verifies its certificate again if it has expired, or if the server's
     * certificates or authorities have changed.
     */
    public boolean isAccepted() {
        if (accepted && chain.length > 0) {
            X509TrustManager current = trust(tls);
            changed |= current != trust;
            if (changed || clock.instant().isAfter(expires())) {
                accepted = current != null && isTrusted(current);
            }
        }
        return accepted;
    }

    private boolean isTrusted(X509TrustManager current) {
        try {
            current.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private Instant expires() {
        return chain[0].getNotAfter().toInstant();
    }

    /**
     * Whether the next response should end the connection, so that the client connects again before it is refused: the
     * server's certificates or authorities have changed, or the client's certificate has passed half of the time that it
     * was still valid at the handshake.
     */
    public boolean isDue() {
        return changed
                || (chain.length > 0
                        && clock.instant()
                                .isAfter(connected.plus(
                                        Duration.between(connected, expires()).dividedBy(2))));
    }
}
