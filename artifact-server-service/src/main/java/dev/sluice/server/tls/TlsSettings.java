package dev.sluice.server.tls;

import dev.sluice.artifact.spiffe.AuthorizedSpiffeIds;
import dev.sluice.artifact.tls.TlsFiles;
import dev.sluice.runtime.StartFailureException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The files of TLS, from the flags of the same names; empty if not set.
 *
 * @param tlsCertFile certificate chain
 * @param tlsPrivateKeyFile key of the certificate
 * @param clientCaFile authorities of client certificates
 * @param authorizedArtifactClientSpiffeId SPIFFE IDs of clients, separated by commas
 * @param spiffeEndpointSocket address of the Workload API
 */
@ConfigurationProperties("sluice")
public record TlsSettings(
        String tlsCertFile,
        String tlsPrivateKeyFile,
        String clientCaFile,
        String authorizedArtifactClientSpiffeId,
        String spiffeEndpointSocket) {

    /** @throws StartFailureException if a flag is missing that another one needs */
    public TlsSettings {
        if (tlsCertFile.isEmpty() != tlsPrivateKeyFile.isEmpty()) {
            throw new StartFailureException("--tls-cert-file and --tls-private-key-file must be set together");
        }
        if (!authorizedArtifactClientSpiffeId.isEmpty() && !clientCaFile.isEmpty()) {
            throw new StartFailureException("--client-ca-file and --authorized-artifact-client-spiffe-id cannot be set"
                    + " together: the Workload API sends the authorities of clients; remove --client-ca-file");
        }
        if (tlsCertFile.isEmpty() && !clientCaFile.isEmpty()) {
            throw new StartFailureException(
                    "--client-ca-file has no effect without TLS: set --tls-cert-file and --tls-private-key-file");
        }
        if (!tlsCertFile.isEmpty() && !authorizedArtifactClientSpiffeId.isEmpty()) {
            throw new StartFailureException("--authorized-artifact-client-spiffe-id and --tls-cert-file cannot be set"
                    + " together: the artifact port has one certificate");
        }
    }

    boolean usesFiles() {
        return !tlsCertFile.isEmpty();
    }

    boolean usesSpiffe() {
        return !authorizedArtifactClientSpiffeId.isEmpty();
    }

    AuthorizedSpiffeIds authorizedClients() {
        return AuthorizedSpiffeIds.parse(List.of(authorizedArtifactClientSpiffeId.split(",", -1)));
    }

    TlsFiles files() {
        TlsFiles own = TlsFiles.none().withCertificate(Path.of(tlsCertFile), Path.of(tlsPrivateKeyFile));
        return clientCaFile.isEmpty() ? own : own.withAuthorities(Path.of(clientCaFile));
    }
}
