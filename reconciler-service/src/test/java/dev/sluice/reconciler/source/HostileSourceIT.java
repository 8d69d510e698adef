package dev.sluice.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.IndexCost;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.stage.Stages;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are slow or larger than they appear, and their effect on others. */
@Timeout(120)
class HostileSourceIT {

    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final ObjectKey EVIL = new ObjectKey("evil", "app");
    private static final ObjectKey GOOD = new ObjectKey("good", "app");

    @TempDir
    Path temporary;

    private final TestTicker ticker = new TestTicker();
    private final Map<String, byte[]> archives = new ConcurrentHashMap<>();
    private final List<ObjectKey> notified = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch slowMayEnd = new CountDownLatch(1);
    private HttpServer server;
    private ProcessBudget budget;
    private SourceCache cache;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
        open(BudgetLimits.defaults().withHeapBytes(64 << 20), Long.MAX_VALUE);
    }

    private void open(BudgetLimits limits, long cacheBytes) throws IOException {
        if (cache != null) {
            cache.close();
        }
        budget = new ProcessBudget(limits);
        SourceFetching fetching = new SourceFetching(
                new ArtifactFetcher(FetchOptions.defaults()), RetryPolicy.FLUX, LONG, LONG, 4, Stages.unobserved());
        cache = SourceCache.open(
                temporary.resolve("cache"), new SourceCacheLimits(cacheBytes), fetching, budget, ticker);
        cache.onFetched(notified::add);
    }

    @AfterEach
    void stop() {
        slowMayEnd.countDown();
        cache.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        try {
            if (path.startsWith("/slow")) {
                slowMayEnd.await();
            }
            byte[] archive = archives.getOrDefault(path, new byte[0]);
            exchange.sendResponseHeaders(200, archive.length);
            exchange.getResponseBody().write(archive);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    @Test
    void aSlowSourceBlocksNoRunAndIsFetchedOnce() throws Exception {
        String digest = serve("/slow/a", files(3));

        for (int i = 0; i < 3; i++) {
            try (RunBudget run = budget.open(EVIL)) {
                assertThatExceptionOfType(FetchPendingException.class)
                        .isThrownBy(() -> acquire(run, "/slow/a", digest, MOMENT));
            }
        }
        slowMayEnd.countDown();

        await().atMost(LONG).until(() -> notified.contains(EVIL));
        try (RunBudget run = budget.open(EVIL);
                SourceLease lease = acquire(run, "/slow/a", digest, MOMENT)) {
            assertThat(lease.tree().fileCount()).isEqualTo(3);
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void slowSourcesOfOneNamespaceLeaveThreadsForOthers() throws Exception {
        for (int i = 0; i < 10; i++) {
            String digest = serve("/slow/" + i, files(i + 1));
            try (RunBudget run = budget.open(new ObjectKey("evil", "app" + i))) {
                String path = "/slow/" + i;
                assertThatExceptionOfType(FetchPendingException.class)
                        .isThrownBy(() -> acquire(run, path, digest, MOMENT));
            }
        }
        String digest = serve("/good", files(1));

        try (RunBudget run = budget.open(GOOD);
                SourceLease lease = acquire(run, "/good", digest, LONG)) {
            assertThat(lease.tree().fileCount()).isEqualTo(1);
        }
        assertThat(requests.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void keepsAFetchedTreeUntilItsGeneratorRuns() throws Exception {
        open(BudgetLimits.defaults(), 0);
        String digest = serve("/slow/a", files(3));
        try (RunBudget run = budget.open(GOOD)) {
            assertThatExceptionOfType(FetchPendingException.class)
                    .isThrownBy(() -> acquire(run, "/slow/a", digest, MOMENT));
        }
        slowMayEnd.countDown();
        await().atMost(LONG).until(() -> notified.contains(GOOD));

        assertThat(cache.stats().trees()).isEqualTo(1);
        try (RunBudget run = budget.open(GOOD);
                SourceLease lease = acquire(run, "/slow/a", digest, MOMENT)) {
            assertThat(lease.tree().fileCount()).isEqualTo(3);
            cache.release(GOOD);
        }
        assertThat(requests).hasValue(1);
        assertThat(cache.stats().trees()).isZero();
        assertThat(budget.heap().usedBytes()).isZero();
    }

    @Test
    void releasesATreeWhoseGeneratorDoesNotReturn() throws Exception {
        open(BudgetLimits.defaults(), 0);
        String digest = serve("/slow/a", files(3));
        try (RunBudget run = budget.open(GOOD)) {
            assertThatExceptionOfType(FetchPendingException.class)
                    .isThrownBy(() -> acquire(run, "/slow/a", digest, MOMENT));
        }
        slowMayEnd.countDown();
        await().atMost(LONG).until(() -> cache.stats().trees() == 1);
        ticker.advance(HeldTrees.MAX_HOLD.plusSeconds(1));

        cache.sweep();

        assertThat(budget.disk().usedBytes()).isZero();
    }

    @Test
    void cancelsAnUnwantedFetch() throws Exception {
        String digest = serve("/slow/a", files(3));
        try (RunBudget run = budget.open(EVIL)) {
            assertThatExceptionOfType(FetchPendingException.class)
                    .isThrownBy(() -> acquire(run, "/slow/a", digest, MOMENT));
        }
        assertThat(cache.fetching()).isEqualTo(1);
        ticker.advance(SourceFetches.UNWANTED.plusSeconds(1));

        cache.sweep();

        assertThat(cache.fetching()).isZero();
        await().atMost(LONG).until(() -> budget.disk().usedBytes() == 0);
    }

    @Test
    void cancelsAFetchAfterTheTimeout() throws Exception {
        String digest = serve("/slow/a", files(3));
        try (RunBudget run = budget.open(EVIL)) {
            assertThatExceptionOfType(FetchPendingException.class)
                    .isThrownBy(() -> acquire(run, "/slow/a", digest, MOMENT));
            ticker.advance(LONG.plusSeconds(1));
            assertThatExceptionOfType(FetchPendingException.class) // still wanted
                    .isThrownBy(() -> acquire(run, "/slow/a", digest, MOMENT));
            cache.sweep();
        }
        await().atMost(LONG).until(() -> cache.fetching() == 0);
        assertThat(notified).contains(EVIL);
    }

    @Test
    void abortsAnOversizedDownloadAndNamesTheFlag() throws Exception {
        open(BudgetLimits.defaults().withSources(1_000, 1 << 20, 100), 0);
        archives.put("/large", new byte[5_000]);

        try (RunBudget run = budget.open(EVIL)) {
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> acquire(run, "/large", digestOf(new byte[5_000]), LONG))
                    .withMessageMatching("its artifact exceeds a limit: \\d+ bytes downloaded, but"
                            + " --source-max-download-bytes allows 1000; make the source smaller or raise"
                            + " --source-max-download-bytes");
        }
        await().atMost(LONG).until(() -> budget.disk().usedBytes() == 0);
    }

    @Test
    void abortsAGzipBombBeforeItFillsTheDisk() throws Exception {
        open(BudgetLimits.defaults().withSources(1 << 20, 4 << 20, 100), 0);
        String digest = serve("/bomb", Map.of("zeros", new byte[64 << 20]));
        assertThat(archives.get("/bomb")).hasSizeLessThan(1 << 20);

        try (RunBudget run = budget.open(EVIL)) {
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> acquire(run, "/bomb", digest, LONG))
                    .withMessageContaining("bytes unpacked, but --source-max-unpacked-bytes allows 4194304");
        }
        await().atMost(LONG).until(() -> budget.disk().usedBytes() == 0);
    }

    @Test
    void chargesHeapForEmptyFilesBeforeIndexingThem() throws Exception {
        open(BudgetLimits.defaults().withHeapBytes(3_000 * IndexCost.PER_ENTRY), 0);
        String few = serve("/few", files(1_500));
        String many = serve("/many", files(2_100));

        try (RunBudget run = budget.open(EVIL)) {
            acquire(run, "/few", few, LONG).close();
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> acquire(run, "/many", many, LONG))
                    .withMessageContaining("--heap-budget allows 800000");
        }
    }

    /**
     * The size is unknown before the download: the first attempt fails, later ones wait for budget before they
     * download.
     */
    @Test
    void waitsForDiskBeforeDownloadingAgain() throws Exception {
        open(BudgetLimits.defaults().withHeapBytes(64 << 20).withDiskBytes(12 << 20), 0);
        byte[] content = new byte[3 << 20];
        new Random(1).nextBytes(content);
        String digest = serve("/large", Map.of("file", content));
        RunBudget holder = budget.open(GOOD);
        holder.takeDisk("another source", 5 << 20);

        for (int i = 0; i < 2; i++) { // each waits for its turn for ten seconds
            try (RunBudget run = budget.open(EVIL)) {
                assertThatExceptionOfType(BudgetWaitException.class)
                        .isThrownBy(() -> acquire(run, "/large", digest, LONG))
                        .withMessageContaining("--disk-budget");
            }
        }
        assertThat(requests).hasValue(1);
        holder.close();

        try (RunBudget run = budget.open(EVIL);
                SourceLease lease = acquire(run, "/large", digest, LONG)) {
            assertThat(lease.tree().fileCount()).isOne();
        }
        assertThat(requests).hasValue(2);
    }

    @Test
    void chargesHeapForTheParentsOfDeepPaths() throws Exception {
        open(BudgetLimits.defaults().withHeapBytes(6 << 20), 0);
        String deep = serve("/deep", Map.of("a/".repeat(2_000) + "f", new byte[0]));

        try (RunBudget run = budget.open(EVIL)) {
            assertThatExceptionOfType(LimitExceededException.class)
                    .isThrownBy(() -> acquire(run, "/deep", deep, LONG))
                    .withMessageContaining("--heap-budget");
        }
    }

    private SourceLease acquire(RunBudget run, String path, String digest, Duration patience)
            throws IOException, InterruptedException {
        return cache.acquire(run, "http://127.0.0.1:" + server.getAddress().getPort() + path, digest, patience);
    }

    private static Map<String, byte[]> files(int count) {
        Map<String, byte[]> files = new ConcurrentHashMap<>();
        for (int i = 0; i < count; i++) {
            files.put("file" + i, new byte[0]);
        }
        return files;
    }

    private String serve(String path, Map<String, byte[]> files) throws IOException {
        FileTree.Builder tree = FileTree.builder();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            tree.putFile(TreePath.of(file.getKey()), FileEntry.of(false, file.getValue()));
        }
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        TarGzWriter.write(tree.build(), archive);
        archives.put(path, archive.toByteArray());
        return digestOf(archive.toByteArray());
    }

    private static String digestOf(byte[] bytes) {
        return Digest.ofBytes(DigestAlgorithm.SHA256, bytes).toString();
    }
}
