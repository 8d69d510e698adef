package dev.sluice.examples.release.upstream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/** Creates a TLS context from the PEM data of a Secret. */
final class TlsMaterial {

    private static final char[] IN_MEMORY_ONLY = new char[0];

    private TlsMaterial() {}

    /**
     * Returns a context that trusts only {@code ca.crt} and presents {@code tls.crt}, each if present.
     *
     * @throws GeneralSecurityException with the name of the invalid entry. It has no cause, because parsers quote their
     *     input
     */
    static SSLContext context(Map<String, byte[]> pem) throws GeneralSecurityException {
        if (pem.containsKey("tls.crt") != pem.containsKey("tls.key")) {
            throw new GeneralSecurityException("tls.crt and tls.key must be set together");
        }
        SSLContext context = SSLContext.getInstance("TLS");
        try {
            context.init(clientCertificate(pem), trusted(pem), null);
        } catch (IOException e) {
            throw new GeneralSecurityException("cannot create an in-memory key store");
        }
        return context;
    }

    private static TrustManager @Nullable [] trusted(Map<String, byte[]> pem)
            throws GeneralSecurityException, IOException {
        if (!pem.containsKey("ca.crt")) {
            return null;
        }
        KeyStore store = emptyStore();
        for (Certificate certificate : certificates(pem, "ca.crt")) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] clientCertificate(Map<String, byte[]> pem)
            throws GeneralSecurityException, IOException {
        if (!pem.containsKey("tls.crt")) {
            return null;
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("client", privateKey(pem), IN_MEMORY_ONLY, certificates(pem, "tls.crt"));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY_ONLY);
        return factory.getKeyManagers();
    }

    private static Certificate[] certificates(Map<String, byte[]> pem, String name) throws GeneralSecurityException {
        Certificate[] certificates;
        try {
            certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text(pem, name)))
                    .toArray(Certificate[]::new);
        } catch (GeneralSecurityException e) {
            throw unreadable(name);
        }
        if (certificates.length == 0) {
            throw unreadable(name);
        }
        return certificates;
    }

    /** Supports PKCS #8 and the traditional formats of openssl and cert-manager. */
    private static PrivateKey privateKey(Map<String, byte[]> pem) throws GeneralSecurityException {
        String text = new String(text(pem, "tls.key"), StandardCharsets.US_ASCII);
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            Object parsed = parser.readObject();
            if (parsed instanceof PEMKeyPair pair) {
                return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
            } else if (parsed instanceof PrivateKeyInfo key) {
                return new JcaPEMKeyConverter().getPrivateKey(key);
            }
        } catch (IOException | RuntimeException e) {
            throw unreadable("tls.key");
        }
        throw unreadable("tls.key");
    }

    private static byte[] text(Map<String, byte[]> pem, String name) {
        return pem.getOrDefault(name, new byte[0]);
    }

    private static GeneralSecurityException unreadable(String name) {
        return new GeneralSecurityException(name + " is not valid PEM");
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
