package dev.sluice.artifact.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ArtifactServerIT implements ArtifactHttpContract {

    @TempDir
    static Path directory;

    private static CanaryVolume volume;
    private static ArtifactServer server;

    @BeforeAll
    static void start() throws IOException {
        volume = CanaryVolume.create(directory);
        server = ArtifactServer.open(
                ArtifactServerOptions.of(volume.base(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public InetSocketAddress server() {
        return server.address();
    }

    @Override
    public CanaryVolume volume() {
        return volume;
    }
}
