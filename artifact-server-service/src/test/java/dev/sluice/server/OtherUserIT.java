package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.server.RawHttp;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.storage.VolumeIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the server as a different user than the writer; the volume belongs to the group of both. */
@Tag("root")
@Timeout(180)
class OtherUserIT {

    private static final int GROUP = 1337;
    private static final List<String> AS_OTHER =
            List.of("setpriv", "--reuid=65534", "--regid=" + GROUP, "--clear-groups");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final int artifactPort = ServerProcess.freePort();
    private final int managementPort = ServerProcess.freePort();

    @TempDir
    private Path directory;

    private Path volume = Path.of("unset");

    /** Creates the volume like a pod's volume with an fsGroup. */
    @BeforeEach
    void makeVolume() throws IOException {
        boolean possible = "root".equals(System.getProperty("user.name"))
                && Files.isExecutable(Path.of("/usr/bin/setpriv"))
                && Files.getFileStore(directory).supportsFileAttributeView("posix");
        if (!possible) {
            System.out.println("SKIPPED: serving as another user needs root and setpriv");
        }
        assumeTrue(possible);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        volume = Files.createDirectory(directory.resolve("volume"));
        Files.setAttribute(volume, "unix:gid", GROUP);
        Files.setAttribute(volume, "unix:mode", 02770);
        VolumeIdentity.readOrCreate(volume);
    }

    /** Writes as the reconciler does, with or without {@code --storage-group-readable}. */
    private Artifact write(String name, boolean groupReadable) throws IOException {
        StorageOptions options = new StorageOptions(
                volume, "artifacts.test", Duration.ofMinutes(1), 2, DigestAlgorithm.SHA256, groupReadable);
        ArtifactStorage storage = new ArtifactStorage(options, Clock.systemUTC());
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        return storage.copy(
                storage.newArtifact("ExternalArtifact", "default", name, "1", name + ".tar.gz"),
                new ByteArrayInputStream(content));
    }

    private ServerProcess serve() throws IOException {
        return ServerProcess.run(
                directory,
                AS_OTHER,
                List.of(),
                "--storage-path=" + volume,
                "--storage-addr=127.0.0.1:" + artifactPort,
                "--management-addr=127.0.0.1:" + managementPort);
    }

    private RawHttp.Reply get(Artifact artifact) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), artifactPort);
        return RawHttp.request(address, "GET", "/" + artifact.path());
    }

    private int health(String path) throws IOException {
        URL url = URI.create("http://127.0.0.1:" + managementPort + path).toURL();
        return ((HttpURLConnection) url.openConnection()).getResponseCode();
    }

    private int mode(String path) throws IOException {
        return (int) Files.getAttribute(volume.resolve(path), "unix:mode") & 07777;
    }

    @Test
    void groupReadableArtifactsAreServed() throws IOException {
        Artifact artifact = write("app", true);
        assertThat(mode(artifact.path())).isEqualTo(0640);
        assertThat(mode("externalartifact/default/app")).isEqualTo(02750);
        assertThat(Files.getAttribute(volume.resolve(artifact.path()), "unix:gid"))
                .isEqualTo(GROUP);
        try (ServerProcess server = serve()) {
            server.awaitServing();
            assertThat(get(artifact).text()).isEqualTo("app");

            Artifact later = write("later", true);
            assertThat(get(later).text()).isEqualTo("later");
            assertThat(health("/readyz")).isEqualTo(200);
        }
    }

    @Test
    void artifactsReadableOnlyByTheirOwnerAreUnavailableAndReadinessExplainsWhy() throws IOException {
        Artifact artifact = write("app", false);
        assertThat(mode(artifact.path())).isEqualTo(0600);
        assertThat(mode("externalartifact/default/app")).isEqualTo(0700);
        try (ServerProcess server = serve()) {
            await().atMost(LIMIT)
                    .until(() -> server.errors().contains("artifact-server started")
                            && server.errors().contains("--storage-group-readable"));
            RawHttp.Reply refused = get(artifact);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(health("/readyz")).isEqualTo(503);
            assertThat(health("/healthz")).isEqualTo(200);

            // with the flag, the reconciler's next write also makes the parent directories readable
            Artifact next = write("next", true);
            assertThat(get(next).text()).isEqualTo("next");
            await().atMost(LIMIT).until(() -> health("/readyz") == 200);
        }
    }
}
