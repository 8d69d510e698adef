package dev.sluice.artifact.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A TLS context that delegates each new connection to the current one. */
final class CurrentSslContext extends SSLContext {

    /** For properties of the TLS implementation, which do not depend on certificates. */
    private static final SSLContext IMPLEMENTATION = implementation();

    /** @param current returns the context for a connection to this host; null if the host is not known */
    CurrentSslContext(Function<@Nullable String, SSLContext> current) {
        super(new Delegate(current), IMPLEMENTATION.getProvider(), IMPLEMENTATION.getProtocol());
    }

    private static SSLContext implementation() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM does not support TLS", e);
        }
    }

    private static final class Delegate extends SSLContextSpi {

        private final Function<@Nullable String, SSLContext> current;

        Delegate(Function<@Nullable String, SSLContext> current) {
            this.current = current;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
            throw new UnsupportedOperationException("initialized from files");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new CurrentSockets(() -> current.apply(null));
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return current.apply(null).getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return current.apply(null).createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return current.apply(host).createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return current.apply(null).getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return current.apply(null).getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return IMPLEMENTATION.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return IMPLEMENTATION.getSupportedSSLParameters();
        }
    }
}
