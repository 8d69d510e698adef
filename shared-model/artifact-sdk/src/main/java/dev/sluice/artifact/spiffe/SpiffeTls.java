package dev.sluice.artifact.spiffe;

import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.artifact.tls.TlsState;
import dev.sluice.artifact.tls.TlsUnavailableException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Mutual TLS 1.3 between workloads with SPIFFE IDs: each side presents its SVID, and a peer needs a
 * certificate of its trust domain and an authorized ID. Host names are not verified. Thread-safe.
 */
public final class SpiffeTls implements TlsSource {

    private static final String PROTOCOL = "TLSv1.3";

    /** A resumed session is not verified again. */
    private static final int SESSION_SECONDS = (int) Duration.ofMinutes(5).toSeconds();

    private final WorkloadIdentity identity;
    private final AuthorizedSpiffeIds authorized;
    private final Clock clock;
    private final RefusedClients refused = new RefusedClients(System::nanoTime);
    private volatile @Nullable Material material;

    private SpiffeTls(WorkloadIdentity identity, AuthorizedSpiffeIds authorized, Clock clock) {
        this.identity = identity;
        this.authorized = authorized;
        this.clock = clock;
    }

    /** Uses the SVID of this process and trusts these peers. Several instances can share an identity. */
    public static SpiffeTls of(WorkloadIdentity identity, AuthorizedSpiffeIds authorized) {
        return new SpiffeTls(identity, authorized, Clock.systemUTC());
    }

    static SpiffeTls of(WorkloadIdentity identity, AuthorizedSpiffeIds authorized, Clock clock) {
        return new SpiffeTls(identity, authorized, clock);
    }

    @Override
    public TlsState state() {
        X509Context current = identity.current();
        if (current == null) {
            return new TlsState(false, identity.problem(), Optional.empty());
        }
        Instant expires = current.expires();
        boolean valid = !clock.instant().isAfter(expires);
        return new TlsState(
                valid,
                "X.509-SVID \"" + current.id() + "\" "
                        + (valid ? "is valid until " + expires : "expired at " + expires + "; " + identity.problem()),
                Optional.of(expires));
    }

    @Override
    public SSLContext currentContext() {
        return usable().context();
    }

    @Override
    public SSLParameters serverParameters() {
        SSLParameters parameters = clientParameters();
        parameters.setNeedClientAuth(true);
        return parameters;
    }

    /** Returns the parameters of a client: the protocol. */
    public SSLParameters clientParameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {PROTOCOL});
        return parameters;
    }

    @Override
    public ClientSockets clientSockets() {
        Material current = usable();
        return new ClientSockets(current.context().getSocketFactory(), current.trust());
    }

    /** Returns what is offered to a peer, for error messages. */
    public String offered() {
        X509Context current = identity.current();
        return PROTOCOL + (current == null ? " without an X.509-SVID" : " with SPIFFE ID \"" + current.id() + "\"");
    }

    private Material usable() {
        TlsState state = state();
        X509Context current = identity.current();
        if (current == null || !state.usable()) {
            throw new TlsUnavailableException(state.detail());
        }
        Material last = material;
        if (last != null && last.of().equals(current)) {
            return last;
        }
        Material next = material(current);
        material = next;
        return next;
    }

    private Material material(X509Context current) {
        SvidTrustManager trust = new SvidTrustManager(new SvidVerifier(current, authorized), clock, refused);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new SvidKeyManager(current)}, new TrustManager[] {trust}, null);
            context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
            context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
            return new Material(current, context, trust);
        } catch (GeneralSecurityException e) {
            throw new TlsUnavailableException("cannot use the X.509-SVID \"" + current.id() + "\": " + e.getMessage());
        }
    }

    /** The context is a new one for each update, so that no session outlives the authorities that it trusts. */
    private record Material(X509Context of, SSLContext context, SvidTrustManager trust) {}
}
