package dev.sluice.artifact.spiffe;

import dev.sluice.artifact.tls.RefusedClients;
import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.artifact.tls.TlsState;
import dev.sluice.artifact.tls.TlsUnavailableException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Mutual TLS 1.3 between workloads with SPIFFE IDs: each side presents its SVID, and a peer needs a
 * certificate of its trust domain and an authorized ID. Host names are not verified. Thread-safe.
 */
public final class SpiffeTls implements TlsSource {

    private static final String PROTOCOL = "TLSv1.3";

    private final WorkloadIdentity identity;
    private final AuthorizedSpiffeIds authorized;
    private final Clock clock;
    private final RefusedClients refused = new RefusedClients();
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
        Material current = usable();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new SvidKeyManager(current.of())}, new TrustManager[] {current.trust()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new TlsUnavailableException(
                    "cannot use the X.509-SVID \"" + current.of().id() + "\": " + e.getMessage());
        }
    }

    @Override
    public SSLParameters serverParameters() {
        return TlsSource.tls13Server(true);
    }

    /** Returns the parameters of a client: the protocol. */
    public SSLParameters clientParameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {PROTOCOL});
        return parameters;
    }

    @Override
    public void handshakeFailed(String client, SSLException failure) {
        refused.reportHandshake(client, failure);
    }

    @Override
    public X509TrustManager trustManager() {
        return usable().trust();
    }

    /** Returns what is offered to a peer, for error messages. */
    public String offered() {
        X509Context current = identity.current();
        return PROTOCOL + (current == null ? " without an X.509-SVID" : " with SPIFFE ID \"" + current.id() + "\"");
    }

    private Material usable() {
        X509Context current = identity.current();
        if (current == null || clock.instant().isAfter(current.expires())) {
            throw new TlsUnavailableException(state().detail());
        }
        Material last = material;
        return last != null && Objects.equals(last.of(), current) ? last : next(current);
    }

    /** Creates one for each update: its trust manager shows whether the update has changed. */
    private synchronized Material next(X509Context current) {
        Material last = material;
        if (last != null && Objects.equals(last.of(), current)) {
            return last;
        }
        Material next =
                new Material(current, new SvidTrustManager(new SvidVerifier(current, authorized), clock, refused));
        material = next;
        return next;
    }

    /** Of one update of the Workload API. */
    private record Material(X509Context of, SvidTrustManager trust) {}
}
