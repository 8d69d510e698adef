package dev.sluice.artifact.tls;

import java.io.IOException;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** TLS of a client with certificates and a key in memory, such as those of a Secret or of a kubeconfig. */
public final class TlsPem {

    private TlsPem() {}

    /**
     * Returns a context for one connection or a few: the data does not change.
     *
     * @param secret PEM data by the names of a Secret of type {@code kubernetes.io/tls}: the context trusts only the
     *     authorities in {@code ca.crt}, or those of the JVM without it, and presents the certificate {@code tls.crt}
     *     with the key {@code tls.key}, if there are both. Other entries are ignored
     * @throws IOException if an entry is invalid; the message names the entry and never quotes it
     */
    public static SSLContext clientContext(Map<String, byte[]> secret) throws IOException {
        if (secret.containsKey("tls.crt") != secret.containsKey("tls.key")) {
            throw new IOException("tls.crt and tls.key must be set together");
        }
        return new TlsContent(entry(secret, "tls.crt"), entry(secret, "tls.key"), entry(secret, "ca.crt"))
                .parse()
                .newContext();
    }

    /**
     * Returns the key managers of a client certificate, for clients that do not take a context.
     *
     * @param certificate certificate chain in PEM format, the own certificate first
     * @param privateKey key of the certificate in PEM format: PKCS #8, PKCS #1 or SEC 1, not encrypted
     * @throws IOException if one of them is invalid or they do not belong together; the message never quotes them
     */
    public static KeyManager[] keyManagers(byte[] certificate, byte[] privateKey) throws IOException {
        return new TlsContent(PemFile.of("client certificate", certificate), PemFile.of("client key", privateKey), null)
                .keyManagers();
    }

    private static @Nullable PemFile entry(Map<String, byte[]> secret, String name) throws IOException {
        byte[] pem = secret.get(name);
        return pem == null ? null : PemFile.of("entry " + name, pem);
    }
}
