package dev.sluice.artifact.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Loaded certificates and keys. The contexts are new ones, so that no session outlives the authorities that it trusts.
 *
 * @param anonymous trusts the same authorities, but presents no certificate
 */
record TlsMaterial(
        SSLContext context,
        SSLContext anonymous,
        X509TrustManager trustManager,
        Optional<X509Certificate> certificate) {

    static TlsMaterial of(KeyManager[] keys, X509TrustManager trust, List<X509Certificate> chain)
            throws GeneralSecurityException {
        return new TlsMaterial(
                context(keys, trust),
                context(new KeyManager[0], trust),
                trust,
                chain.stream().findFirst());
    }

    private static SSLContext context(KeyManager[] keys, X509TrustManager trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {trust}, null);
        return context;
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
