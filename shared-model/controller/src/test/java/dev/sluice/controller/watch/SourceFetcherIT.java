package dev.sluice.controller.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.archive.MalformedArchiveException;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.MissingDigestException;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SourceFetcherIT {

    @TempDir
    Path volume;

    @TempDir
    Path parent;

    private ArtifactServer server;
    private ArtifactStorage storage;
    private SourceFetcher fetcher;

    @BeforeEach
    void serve() throws IOException {
        server = ArtifactServer.open(
                ArtifactServerOptions.of(volume, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        String address = "127.0.0.1:" + server.address().getPort();
        storage = new ArtifactStorage(StorageOptions.of(volume, address), Clock.systemUTC());
        fetcher = new SourceFetcher(new ArtifactFetcher(FetchOptions.defaults()), parent);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keepsTheFilesUntilClosed() throws IOException {
        Artifact artifact = store();

        try (FetchedSource source = fetcher.fetch(artifact)) {
            assertThat(source.entries())
                    .containsExactly(
                            source.directory().resolve("README.md"),
                            source.directory().resolve("deploy"));
            assertThat(source.directory().resolve("deploy/app.yaml")).hasContent("kind: Deployment");
            Files.writeString(source.directory().resolve("added"), "by the caller");
            Files.createSymbolicLink(source.directory().resolve("link"), volume);
        }

        assertThat(volume).isNotEmptyDirectory();
        assertNoFilesRemain();
    }

    @Test
    void refusesContentWithAnotherDigest() throws IOException {
        Digest wrong = Digest.ofBytes(DigestAlgorithm.SHA256, new byte[0]);

        assertThatThrownBy(() -> fetcher.fetch(store().withDigest(wrong.toString())))
                .isInstanceOf(DigestMismatchException.class);
        assertNoFilesRemain();
    }

    @Test
    void refusesAnArtifactWithoutDigest() throws IOException {
        assertThatThrownBy(() -> fetcher.fetch(store().withDigest(null))).isInstanceOf(MissingDigestException.class);
        assertNoFilesRemain();
    }

    @Test
    void aMissingFileHasItsOwnException() throws IOException {
        Artifact artifact = store();
        storage.remove(artifact);

        assertThatThrownBy(() -> fetcher.fetch(artifact)).isInstanceOf(ArtifactNotFoundException.class);
        assertNoFilesRemain();
    }

    @Test
    void refusesAnInvalidArchive() throws IOException {
        Artifact artifact = storage.copy(
                storage.newArtifact("GitRepository", "apps", "one", "main@sha1:2", "two.tar.gz"),
                new ByteArrayInputStream("<html>".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> fetcher.fetch(artifact)).isInstanceOf(MalformedArchiveException.class);
        assertNoFilesRemain();
    }

    private Artifact store() throws IOException {
        FileTree tree = FileTree.builder()
                .putFile(TreePath.of("deploy/app.yaml"), file("kind: Deployment"))
                .putFile(TreePath.of("README.md"), file("read me"))
                .build();
        return storage.archive(storage.newArtifact("GitRepository", "apps", "one", "main@sha1:1", "one.tar.gz"), tree);
    }

    private static FileEntry file(String content) {
        return FileEntry.of(false, content.getBytes(StandardCharsets.UTF_8));
    }

    private void assertNoFilesRemain() throws IOException {
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).isEmpty();
        }
    }
}
