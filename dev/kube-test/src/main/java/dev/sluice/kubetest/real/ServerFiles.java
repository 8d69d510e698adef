package dev.sluice.kubetest.real;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The temporary directory of an API server: keys, tokens, certificates, data, logs and kubeconfig. */
final class ServerFiles {

    /** A fixed token is safe, because the server listens on loopback and ends with the test. */
    static final String ADMIN_TOKEN = "sluice-test-admin";

    private static final String ADMIN = ADMIN_TOKEN + ",sluice-test-admin,admin,\"system:masters\"\n";

    private final TemporaryDirectory temporary;
    private final Path directory;
    private final TokenSigningKey signingKey;

    private ServerFiles(TemporaryDirectory temporary, TokenSigningKey signingKey) {
        this.temporary = temporary;
        this.directory = temporary.path();
        this.signingKey = signingKey;
    }

    static ServerFiles create(Path parent) throws IOException {
        TemporaryDirectory temporary = TemporaryDirectory.create(parent, "sluice-kube-apiserver-");
        Files.writeString(temporary.path().resolve("tokens.csv"), ADMIN);
        return new ServerFiles(temporary, TokenSigningKey.create(temporary.path()));
    }

    Path directory() {
        return directory;
    }

    TokenSigningKey signingKey() {
        return signingKey;
    }

    Path tokens() {
        return directory.resolve("tokens.csv");
    }

    Path certificateDirectory() {
        return directory.resolve("certificates");
    }

    /** Created by kube-apiserver at its first start; the file also contains the issuing authority. */
    Path certificate() {
        return certificateDirectory().resolve("apiserver.crt");
    }

    boolean hasCertificate() {
        return Files.exists(certificate())
                && Files.exists(certificateDirectory().resolve("apiserver.key"));
    }

    Path apiServerLog() {
        return directory.resolve("kube-apiserver.log");
    }

    Path writeKubeconfig(String name, URI server) throws IOException {
        return Kubeconfig.write(directory.resolve(name), server, certificate(), ADMIN_TOKEN);
    }

    /** Keeps all files for inspection, also after this JVM has ended. */
    void keep() {
        temporary.keep();
    }

    /** Deletes all files unless {@link #keep} was called. */
    void remove() throws IOException {
        temporary.close();
    }
}
