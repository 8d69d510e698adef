package dev.sluice.artifact.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The content of {@link TlsFiles}, read one after the other: certificate and key can be of different versions. */
record TlsContent(
        @Nullable PemFile certificate,
        @Nullable PemFile privateKey,
        @Nullable PemFile authorities) {

    private static final char[] IN_MEMORY_ONLY = new char[0];

    static TlsContent read(TlsFiles files) throws IOException {
        return new TlsContent(read(files.certificate()), read(files.privateKey()), read(files.authorities()));
    }

    private static @Nullable PemFile read(Optional<Path> file) throws IOException {
        return file.isPresent() ? PemFile.read(file.get()) : null;
    }

    /** @throws IOException names the file and the reason */
    TlsMaterial parse() throws IOException {
        try {
            List<X509Certificate> chain = chain();
            return TlsMaterial.of(keyManagers(chain), trustManager(), chain);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the TLS files: " + e.getMessage(), e);
        }
    }

    /** @throws IOException names the file and the reason */
    KeyManager[] keyManagers() throws IOException {
        try {
            return keyManagers(chain());
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the TLS files: " + e.getMessage(), e);
        }
    }

    private List<X509Certificate> chain() throws IOException {
        return certificate == null ? List.of() : certificate.certificates();
    }

    private KeyManager[] keyManagers(List<X509Certificate> chain) throws IOException, GeneralSecurityException {
        if (privateKey == null || chain.isEmpty()) {
            return new KeyManager[0];
        }
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "own",
                privateKey.privateKey(chain.get(0).getPublicKey()),
                IN_MEMORY_ONLY,
                chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY_ONLY);
        return factory.getKeyManagers();
    }

    /** Trusts the authorities in the file only, or those of the JVM if there is no file. */
    private X509TrustManager trustManager() throws IOException, GeneralSecurityException {
        KeyStore store = null;
        if (authorities != null) {
            store = emptyStore();
            for (X509Certificate trusted : authorities.certificates()) {
                store.setCertificateEntry("authority-" + store.size(), trusted);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
