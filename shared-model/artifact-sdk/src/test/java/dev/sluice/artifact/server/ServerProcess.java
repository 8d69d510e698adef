package dev.sluice.artifact.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** A server in a separate process, because the JDK reads its limits once per process. */
final class ServerProcess {

    private ServerProcess() {}

    /** Argument: base directory. Prints the port and serves until the end of standard input. */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ArtifactServer server = ArtifactServer.open(ArtifactServerOptions.of(Path.of(arguments[0]), address))) {
            System.out.println(server.address().getPort());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
