package dev.sluice.kubetest.real;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Writes a kubeconfig for one cluster and one user with a bearer token. */
final class Kubeconfig {

    private Kubeconfig() {}

    static Path write(Path file, URI server, Path certificateAuthority, String token) throws IOException {
        String authority = Base64.getEncoder().encodeToString(Files.readAllBytes(certificateAuthority));
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters:
                  - name: test
                    cluster:
                      server: %s
                      certificate-authority-data: %s
                users:
                  - name: admin
                    user:
                      token: %s
                contexts:
                  - name: test
                    context:
                      cluster: test
                      user: admin
                """.formatted(server, authority, token));
    }
}
