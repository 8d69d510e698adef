package dev.sluice.artifact.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The PEM files of a TLS server or client. The volume of a Secret of type {@code kubernetes.io/tls}, such as those of
 * cert-manager, has them as {@code tls.crt}, {@code tls.key} and {@code ca.crt}.
 *
 * @param certificate certificate chain, the own certificate first; empty for none, which a server does not accept
 * @param privateKey key of the certificate: PKCS #8, or the formats of openssl and cert-manager for RSA and EC keys; not
 *     encrypted
 * @param authorities certificates of the trusted authorities. A server with authorities requires a client certificate of
 *     one of them. A client without authorities trusts those of the JVM
 */
public record TlsFiles(Optional<Path> certificate, Optional<Path> privateKey, Optional<Path> authorities) {

    /** @throws IllegalArgumentException if only one of certificate and key is set */
    public TlsFiles {
        if (certificate.isPresent() != privateKey.isPresent()) {
            throw new IllegalArgumentException("a certificate file and a private key file must be set together");
        }
    }

    /** No files: a client that trusts the authorities of the JVM and has no certificate. */
    public static TlsFiles none() {
        return new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns a copy with another certificate and key. */
    public TlsFiles withCertificate(Path newCertificate, Path newPrivateKey) {
        return new TlsFiles(Optional.of(newCertificate), Optional.of(newPrivateKey), authorities);
    }

    /** Returns a copy with other trusted authorities. */
    public TlsFiles withAuthorities(Path newAuthorities) {
        return new TlsFiles(certificate, privateKey, Optional.of(newAuthorities));
    }

    /** Whether there is no file. */
    public boolean isEmpty() {
        return certificate.isEmpty() && authorities.isEmpty();
    }
}
