package dev.sluice.artifact.server;

import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Two servers in a separate process, because the JDK reads its limits once per process. */
final class ServerProcess {

    private ServerProcess() {}

    /**
     * Arguments: base directory, certificate, key. Prints the port of plain HTTP and that of TLS, and serves until the
     * end of standard input.
     */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ArtifactServerOptions options = ArtifactServerOptions.of(Path.of(arguments[0]), address);
        TlsFiles files = TlsFiles.none().withCertificate(Path.of(arguments[1]), Path.of(arguments[2]));
        try (ArtifactServer plain = ArtifactServer.open(options);
                ArtifactServer tls = ArtifactServer.open(options.withTls(ReloadingTls.of(files)))) {
            System.out.println(plain.address().getPort());
            System.out.println(tls.address().getPort());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
