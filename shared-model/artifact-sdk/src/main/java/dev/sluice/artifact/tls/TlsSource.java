package dev.sluice.artifact.tls;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Certificates and keys of a TLS server or client, which can change at any time: each new connection uses the current
 * ones, and established connections are not affected. Implementations are thread-safe.
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

    /** Returns the parameters of a server: protocols, and whether a client certificate is required. */
    SSLParameters serverParameters();

    /**
     * Returns the factory and the trust manager for a client that does not take a context. The trust manager is another
     * one after the certificates have changed; the client must then use the new pair for new connections.
     *
     * @throws TlsUnavailableException if there are no usable certificates
     */
    ClientSockets clientSockets();

    /**
     * Returns a context whose engines use the certificates that are current when the engine is created. Its socket
     * factories do not change; request a new one for each connection.
     *
     * <p>While there is no usable certificate, creating an engine or a socket factory throws
     * {@link TlsUnavailableException}.
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
