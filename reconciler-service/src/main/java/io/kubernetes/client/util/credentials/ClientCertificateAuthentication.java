package io.kubernetes.client.util.credentials;

import dev.sluice.artifact.tls.TlsPem;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Replaces the client's class of the same name, which reads private keys with Bouncy Castle: 11 MB, and a fifth of the
 * entries of all jars; see docs/adr/0012.
 */
public class ClientCertificateAuthentication implements Authentication {

    private final byte[] certificate;
    private final byte[] key;

    /** @param certificate certificate chain in PEM format, the own certificate first */
    public ClientCertificateAuthentication(byte[] certificate, byte[] key) {
        this.certificate = certificate.clone();
        this.key = key.clone();
    }

    @Override
    public void provide(ApiClient client) {
        try {
            client.setKeyManagers(TlsPem.keyManagers(certificate, key));
        } catch (IOException e) {
            throw new UncheckedIOException("kubeconfig: " + e.getMessage(), e);
        }
    }
}
