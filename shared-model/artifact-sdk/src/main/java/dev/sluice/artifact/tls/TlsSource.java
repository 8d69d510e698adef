package dev.sluice.artifact.tls;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Certificates and keys of a TLS server or client, which can change at any time: each new connection uses the current
 * ones and verifies its peer, because sessions are not resumed. Established connections are not interrupted; see {@link
 * ClientVerification} for their next requests. Implementations are thread-safe.
 */
public interface TlsSource {

    /** Returns whether connections can be established, or why they cannot. */
    TlsState state();

    /**
     * Returns the context for one new connection.
     *
     * @throws TlsUnavailableException if there is no usable certificate
     */
    SSLContext currentContext();

    /** Returns the parameters of a server: protocols, ciphers, and whether a client certificate is required. */
    SSLParameters serverParameters();

    /**
     * Returns the parameters of a server with TLS 1.3 only, which the consumers of artifact servers, Go and Java programs,
     * have supported for years. AES with 128 bits comes first, as in Go: it is faster than with 256 bits.
     */
    static SSLParameters tls13Server(boolean requiresClientCertificate) {
        SSLParameters parameters = new SSLParameters(
                new String[] {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"},
                new String[] {"TLSv1.3"});
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNeedClientAuth(requiresClientCertificate);
        return parameters;
    }

    /**
     * Returns the trust manager that verifies peers. It is a new instance after the own certificates or the authorities
     * have changed.
     *
     * @throws TlsUnavailableException if there are no usable certificates
     */
    X509TrustManager trustManager();

    /**
     * Returns the factory and the trust manager for a client that does not take a context. When {@link #trustManager}
     * returns a new instance, the client must use a new pair for new connections.
     *
     * @throws TlsUnavailableException if there are no usable certificates
     */
    default ClientSockets clientSockets() {
        X509TrustManager current = trustManager();
        return new ClientSockets(context().getSocketFactory(), current);
    }

    /**
     * Called by a server when a handshake with a client failed. Implementations can log it; the trust manager has
     * reported certificates that it does not trust. Does nothing by default.
     *
     * @param client address of the client
     */
    default void handshakeFailed(String client, SSLException failure) {}

    /**
     * Returns a context whose engines and client sockets use the certificates that are current when they are created.
     * While there is no usable certificate, creating one throws {@link TlsUnavailableException}.
     */
    default SSLContext context() {
        return new CurrentSslContext(host -> currentContext());
    }

    /**
     * Returns an engine for one connection to a server with {@link #serverParameters}.
     *
     * @throws TlsUnavailableException if there is no usable certificate
     */
    default SSLEngine serverEngine() {
        SSLEngine engine = currentContext().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(serverParameters());
        return engine;
    }

    /**
     * What a client that does not take a context needs to connect.
     *
     * @param sockets factory with the client certificate, if any
     * @param trustManager decides on the server's certificate
     */
    record ClientSockets(SSLSocketFactory sockets, X509TrustManager trustManager) {}
}
