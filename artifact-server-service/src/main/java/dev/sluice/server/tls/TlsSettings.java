package dev.sluice.server.tls;

import dev.sluice.artifact.tls.TlsFiles;
import dev.sluice.runtime.StartFailureException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The files of TLS, from the flags of the same names; empty if not set.
 *
 * @param tlsCertFile certificate chain
 * @param tlsPrivateKeyFile key of the certificate
 * @param clientCaFile authorities of client certificates
 */
@ConfigurationProperties("sluice")
public record TlsSettings(String tlsCertFile, String tlsPrivateKeyFile, String clientCaFile) {

    /** @throws StartFailureException if a flag is missing that another one needs */
    public TlsSettings {
        if (tlsCertFile.isEmpty() != tlsPrivateKeyFile.isEmpty()) {
            throw new StartFailureException("--tls-cert-file and --tls-private-key-file must be set together");
        }
        if (tlsCertFile.isEmpty() && !clientCaFile.isEmpty()) {
            throw new StartFailureException(
                    "--client-ca-file has no effect without TLS: set --tls-cert-file and --tls-private-key-file");
        }
    }

    boolean isEnabled() {
        return !tlsCertFile.isEmpty();
    }

    TlsFiles files() {
        TlsFiles own = TlsFiles.none().withCertificate(Path.of(tlsCertFile), Path.of(tlsPrivateKeyFile));
        return clientCaFile.isEmpty() ? own : own.withAuthorities(Path.of(clientCaFile));
    }
}
