package dev.sluice.artifact.tls;

import java.io.IOException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** TLS of a client with certificates and a key in memory, such as those of a Secret. */
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

    private static @Nullable PemFile entry(Map<String, byte[]> secret, String name) {
        byte[] pem = secret.get(name);
        return pem == null ? null : PemFile.of("entry " + name, pem);
    }
}
