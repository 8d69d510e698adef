package dev.sluice.artifact.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Loaded certificates and keys. */
record TlsMaterial(List<KeyManager> keys, X509TrustManager trustManager, Optional<X509Certificate> certificate) {

    static TlsMaterial of(KeyManager[] keys, X509TrustManager trust, List<X509Certificate> chain) {
        return new TlsMaterial(List.of(keys), trust, chain.stream().findFirst());
    }

    /** Returns a copy that reports the clients that it refuses. */
    TlsMaterial reporting(RefusedClients refused) {
        return trustManager instanceof X509ExtendedTrustManager extended
                ? new TlsMaterial(keys, new ReportingTrustManager(extended, refused), certificate)
                : this;
    }

    /** Returns a context for one connection: a session of another context cannot be resumed. */
    SSLContext newContext() {
        return newContext(keys);
    }

    /** Like {@link #newContext()}, but presents no certificate. */
    SSLContext newAnonymousContext() {
        return newContext(List.of());
    }

    private SSLContext newContext(List<KeyManager> presented) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(presented.toArray(KeyManager[]::new), new TrustManager[] {trustManager}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new TlsUnavailableException("cannot use " + describe() + ": " + e.getMessage());
        }
    }

    Optional<Instant> expires() {
        return certificate.map(own -> own.getNotAfter().toInstant());
    }

    /** Returns why the certificate cannot be used at this time; empty if it can. */
    Optional<String> invalidity(Instant now) {
        return certificate.flatMap(own -> {
            if (now.isBefore(own.getNotBefore().toInstant())) {
                return Optional.of(describe() + " is not valid before "
                        + own.getNotBefore().toInstant() + "; check the clocks");
            }
            return now.isAfter(own.getNotAfter().toInstant())
                    ? Optional.of(
                            describe() + " expired at " + own.getNotAfter().toInstant() + "; renew it")
                    : Optional.empty();
        });
    }

    String describe() {
        return certificate
                .map(own -> "TLS certificate \"" + own.getSubjectX500Principal().getName() + "\"")
                .orElse("TLS without a certificate");
    }
}
