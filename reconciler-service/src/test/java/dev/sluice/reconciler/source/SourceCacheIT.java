package dev.sluice.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.stage.Stages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache in front of a real HTTP server. */
class SourceCacheIT {

    private static final String ZEROS = "sha256:" + "0".repeat(64);

    @TempDir
    Path temporary;

    private final TestClock clock = new TestClock();
    private Path directory;
    private ArtifactServer server;
    private ArtifactStorage storage;
    private SourceCache cache;

    @BeforeEach
    void start() throws IOException {
        Path base = Files.createDirectory(temporary.resolve("served"));
        server = ArtifactServer.open(ArtifactServerOptions.of(base, loopback()));
        storage = new ArtifactStorage(
                StorageOptions.of(base, "127.0.0.1:" + server.address().getPort()), Clock.systemUTC());
        directory = temporary.resolve("cache");
        cache = open(1_000);
    }

    @AfterEach
    void stop() {
        cache.close();
        server.close();
    }

    @Test
    void aSourceIsDownloadedOnceAndItsArchiveIsNotKept() throws Exception {
        FileTree tree = tree("a.yaml", "b/c.yaml");
        Artifact source = publish(tree);

        try (SourceLease one = acquire(source);
                SourceLease two = acquire(source)) {
            assertThat(one.tree()).isEqualTo(tree);
            assertThat(two.tree()).isSameAs(one.tree());
        }
        assertThat(cache.stats().misses()).isEqualTo(1);
        assertThat(cache.stats().fetchedBytes()).isEqualTo(source.size());
        assertThat(files()).singleElement().asString().endsWith(".spool");
    }

    @Test
    void whatHasAnotherDigestIsNotUnpacked() throws Exception {
        Artifact source = publish(tree("a.yaml"));

        assertThatExceptionOfType(DigestMismatchException.class).isThrownBy(() -> cache.acquire(source.url(), ZEROS));
        assertThat(files()).isEmpty();
    }

    @Test
    void aMissingFileIsNoFaultOfItsHost() throws Exception {
        Artifact source = publish(tree("a.yaml"));

        assertThatExceptionOfType(ArtifactNotFoundException.class)
                .isThrownBy(() -> cache.acquire(source.url() + ".gone", ZEROS));
        acquire(source).close();
    }

    @Test
    void aHostThatFailsIsNotAskedAgainUntilItsWaitIsOver() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer failing = HttpServer.create(loopback(), 0);
        failing.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        failing.start();
        try {
            String url = "http://127.0.0.1:" + failing.getAddress().getPort() + "/";
            assertThatExceptionOfType(HostWaitException.class)
                    .isThrownBy(() -> cache.acquire(url + "a.tar.gz", ZEROS))
                    .returns(Duration.ofSeconds(5), HostWaitException::retryAfter);
            assertThatExceptionOfType(HostWaitException.class)
                    .isThrownBy(() -> cache.acquire(url + "b.tar.gz", "sha256:" + "1".repeat(64)))
                    .withMessageContaining("503");
            assertThat(requests).hasValue(1);

            clock.advance(Duration.ofSeconds(5));
            assertThatExceptionOfType(HostWaitException.class)
                    .isThrownBy(() -> cache.acquire(url + "a.tar.gz", ZEROS))
                    .returns(Duration.ofSeconds(10), HostWaitException::retryAfter);
            assertThat(requests).hasValue(2);
        } finally {
            failing.stop(0);
        }
        acquire(publish(tree("a.yaml"))).close();
    }

    @Test
    void aDeadHostIsWaitedFor() throws Exception {
        Artifact source = publish(tree("a.yaml"));
        server.close();

        assertThatExceptionOfType(HostWaitException.class).isThrownBy(() -> acquire(source));
    }

    @Test
    void aSourceWithTooManyEntriesIsRefused() throws Exception {
        cache.close();
        cache = open(2);

        acquire(publish(tree("1", "2"))).close();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> acquire(publish(tree("1", "2", "3"))))
                .withMessageContaining("2");
        assertThat(files()).hasSize(1);
    }

    @Test
    void whatAPredecessorLeftIsGoneAfterTheStart() throws Exception {
        cache.close();
        Files.writeString(directory.resolve("left.spool"), "left");

        cache = open(10);

        assertThat(files()).isEmpty();
    }

    @Test
    void aTarballInASourceIsUnpackedOnce() throws Exception {
        FileTree inner = tree("chart/values.yaml");
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        TarGzWriter.write(inner, archive);
        FileEntry tarball = FileEntry.of(false, archive.toByteArray());

        try (SourceLease one = cache.acquireTarball(tarball);
                SourceLease two = cache.acquireTarball(tarball)) {
            assertThat(one.tree()).isEqualTo(inner);
            assertThat(two.tree()).isSameAs(one.tree());
        }
    }

    @Test
    void aTarballOfASourceIsNotTakenForTheSourceOfThatDigest() throws Exception {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        TarGzWriter.write(tree("secret.yaml"), archive);
        FileEntry tarball = FileEntry.of(false, archive.toByteArray());
        cache.acquireTarball(tarball).close();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> cache.acquire(publish(tree("a.yaml")).url(), "extract:" + tarball.sha256()));
    }

    private SourceCache open(int maxEntries) throws IOException {
        return SourceCache.open(
                directory,
                new SourceCacheLimits(1 << 20, maxEntries),
                new SourceFetching(
                        new ArtifactFetcher(FetchOptions.defaults()),
                        RetryPolicy.FLUX,
                        Duration.ofMinutes(10),
                        Stages.unobserved()),
                clock);
    }

    private SourceLease acquire(Artifact source) throws IOException, InterruptedException {
        return cache.acquire(source.url(), Objects.requireNonNull(source.digest()));
    }

    private Artifact publish(FileTree tree) throws IOException {
        String file = tree.contentHash().hex() + ".tar.gz";
        return storage.archive(storage.newArtifact("GitRepository", "default", "app", "main@sha1:1", file), tree);
    }

    private static FileTree tree(String... paths) throws IOException {
        FileTree.Builder tree = FileTree.builder();
        for (String path : paths) {
            tree.putFile(TreePath.of(path), FileEntry.of(false, path.getBytes(StandardCharsets.UTF_8)));
        }
        return tree.build();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
