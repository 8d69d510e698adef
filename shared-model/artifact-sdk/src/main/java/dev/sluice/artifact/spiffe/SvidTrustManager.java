package dev.sluice.artifact.spiffe;

import dev.sluice.artifact.tls.RefusedClients;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts authorized SPIFFE IDs. Does not verify host names, which SVIDs do not contain. */
final class SvidTrustManager extends X509ExtendedTrustManager {

    private final SvidVerifier verifier;
    private final Clock clock;
    private final RefusedClients refused;

    SvidTrustManager(SvidVerifier verifier, Clock clock, RefusedClients refused) {
        this.verifier = verifier;
        this.clock = clock;
        this.refused = refused;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        try {
            verifier.verify(chain, clock.instant());
        } catch (PeerRefusedException e) {
            refused.report(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        verifier.verify(chain, clock.instant());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    /** None: a list would tell clients with several certificates which one to use, and clients have one. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
