package dev.sluice.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.meta.ObjectKey;
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

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path temporary;

    private final TestTicker ticker = new TestTicker();
    private final BudgetLimits limits = BudgetLimits.defaults();
    private ProcessBudget budget = new ProcessBudget(limits);
    private RunBudget run = budget.open(new ObjectKey("ns", "app"));
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
        cache = open(BudgetLimits.defaults());
    }

    @AfterEach
    void stop() {
        cache.close();
        server.close();
    }

    @Test
    void downloadsASourceOnceAndDeletesItsArchive() throws Exception {
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
    void doesNotUnpackAnArchiveWithAWrongDigest() throws Exception {
        Artifact source = publish(tree("a.yaml"));

        assertThatExceptionOfType(SourceWaitException.class)
                .isThrownBy(() -> acquire(source.url(), ZEROS))
                .withMessage("its artifact does not match the digest '%s' in its status".formatted(ZEROS))
                .withNoCause();
        assertThat(files()).isEmpty();
    }

    @Test
    void aMissingFileDoesNotBackOffItsHost() throws Exception {
        Artifact source = publish(tree("a.yaml"));

        assertThatExceptionOfType(SourceWaitException.class).isThrownBy(() -> acquire(source.url() + ".gone", ZEROS));
        acquire(source).close();
    }

    @Test
    void backsOffAFailingUrlWithoutAffectingOthers() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer failing = HttpServer.create(loopback(), 0);
        failing.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.getResponseHeaders().add("Retry-After", "60");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/a") ? 503 : 500, -1);
            exchange.close();
        });
        failing.start();
        try {
            String url = "http://127.0.0.1:" + failing.getAddress().getPort();
            assertThatExceptionOfType(SourceWaitException.class)
                    .isThrownBy(() -> acquire(url + "/a", ZEROS))
                    .returns(Duration.ofSeconds(60), SourceWaitException::retryAfter);
            assertThatExceptionOfType(SourceWaitException.class)
                    .isThrownBy(() -> acquire(url + "/a", ZEROS))
                    .withMessageContaining("503");
            assertThat(requests).hasValue(1);
            assertThatExceptionOfType(SourceWaitException.class)
                    .isThrownBy(() -> acquire(url + "/b", ZEROS))
                    .withMessageContaining("500")
                    .returns(Duration.ofSeconds(5), SourceWaitException::retryAfter);

            ticker.advance(Duration.ofSeconds(60));
            assertThatExceptionOfType(SourceWaitException.class)
                    .isThrownBy(() -> acquire(url + "/b", ZEROS))
                    .returns(Duration.ofSeconds(10), SourceWaitException::retryAfter);
            assertThat(requests).hasValue(3);
        } finally {
            failing.stop(0);
        }
        acquire(publish(tree("a.yaml"))).close();
    }

    @Test
    void backsOffAnUnreachableHost() throws Exception {
        Artifact source = publish(tree("a.yaml"));
        server.close();

        assertThatExceptionOfType(SourceWaitException.class)
                .isThrownBy(() -> acquire(source))
                .withMessageEndingWith("the host refused the connection or is unreachable");
    }

    @Test
    void rejectsASourceWithTooManyEntries() throws Exception {
        cache.close();
        cache = open(limits.withSources(1 << 20, 1 << 20, 2));

        acquire(publish(tree("1", "2"))).close();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> acquire(publish(tree("1", "2", "3"))))
                .withMessage("its artifact exceeds a limit: 3 files and directories, but --source-max-entries allows 2;"
                        + " exclude files from the source or raise --source-max-entries");
        assertThatExceptionOfType(LimitExceededException.class) // cached failure, not fetched again
                .isThrownBy(() -> acquire(publish(tree("1", "2", "3"))));
        assertThat(cache.stats().fetchedBytes()).isLessThan(1_000);
        assertThat(files()).hasSize(1);
    }

    @Test
    void emptiesTheDirectoryAtTheStart() throws Exception {
        cache.close();
        Files.writeString(directory.resolve("left.spool"), "left");

        cache = open(limits);

        assertThat(files()).isEmpty();
    }

    @Test
    void unpacksATarballOnce() throws Exception {
        FileTree inner = tree("chart/values.yaml");
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        TarGzWriter.write(inner, archive);
        FileEntry tarball = FileEntry.of(false, archive.toByteArray());

        try (SourceLease one = cache.acquireTarball(run, tarball);
                SourceLease two = cache.acquireTarball(run, tarball)) {
            assertThat(one.tree()).isEqualTo(inner);
            assertThat(two.tree()).isSameAs(one.tree());
        }
    }

    @Test
    void doesNotServeATarballAsASource() throws Exception {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        TarGzWriter.write(tree("secret.yaml"), archive);
        FileEntry tarball = FileEntry.of(false, archive.toByteArray());
        cache.acquireTarball(run, tarball).close();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> acquire(publish(tree("a.yaml")).url(), "extract:" + tarball.sha256()));
    }

    private SourceCache open(BudgetLimits newLimits) throws IOException {
        budget = new ProcessBudget(newLimits);
        run = budget.open(new ObjectKey("ns", "app"));
        return SourceCache.open(
                directory,
                new SourceCacheLimits(1 << 20),
                new SourceFetching(
                        new ArtifactFetcher(FetchOptions.defaults()),
                        RetryPolicy.FLUX,
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(10),
                        4,
                        Stages.unobserved()),
                budget,
                ticker);
    }

    private SourceLease acquire(Artifact source) throws IOException, InterruptedException {
        return acquire(source.url(), Objects.requireNonNull(source.digest()));
    }

    private SourceLease acquire(String url, String digest) throws IOException, InterruptedException {
        return cache.acquire(run, url, digest, PATIENCE);
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
