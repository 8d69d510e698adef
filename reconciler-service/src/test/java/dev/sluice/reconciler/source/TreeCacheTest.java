package dev.sluice.reconciler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.IndexCost;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeCacheTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** One file of 600 bytes and its index entry. */
    private static final long WEIGHT = 600 + IndexCost.PER_ENTRY;

    @TempDir
    Path directory;

    private final ProcessBudget budget = new ProcessBudget(BudgetLimits.defaults());
    private final RunBudget run = budget.open(new ObjectKey("ns", "app"));
    private final SourceCacheStats stats = new SourceCacheStats();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger spools = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void oneFillServesAllWaiters() throws Exception {
        TreeCache cache = new TreeCache(WEIGHT, stats);
        CountDownLatch mayFill = new CountDownLatch(1);
        AtomicInteger fills = new AtomicInteger();
        List<Future<SourceLease>> leases = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            leases.add(threads.submit(() -> cache.acquire(run, "a", () -> {
                fills.incrementAndGet();
                mayFill.await();
                return tree();
            })));
        }
        await().atMost(LIMIT).until(() -> fills.get() == 1);
        mayFill.countDown();

        FileTree first = get(leases.get(0)).tree();
        for (Future<SourceLease> lease : leases) {
            assertThat(get(lease).tree()).isSameAs(first);
        }
        assertThat(fills).hasValue(1);
        assertThat(stats.misses()).isEqualTo(1);
        assertThat(stats.hits()).isEqualTo(7);
    }

    @Test
    void aWaiterFillsAfterAFailure() throws Exception {
        TreeCache cache = new TreeCache(WEIGHT, stats);
        CountDownLatch mayFail = new CountDownLatch(1);
        AtomicReference<@Nullable Thread> waiter = new AtomicReference<>();
        Future<SourceLease> failing = threads.submit(() -> cache.acquire(run, "a", () -> {
            mayFail.await();
            throw new IOException("refused");
        }));
        await().atMost(LIMIT).until(() -> stats.misses() == 1);
        Future<SourceLease> waiting = threads.submit(() -> {
            waiter.set(Thread.currentThread());
            return cache.acquire(run, "a", this::tree);
        });
        awaitParked(waiter);
        mayFail.countDown();

        assertThat(get(waiting).tree().fileCount()).isEqualTo(1);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(failing))
                .withMessageContaining("refused");
    }

    @Test
    void anInterruptedFillerDoesNotPoisonTheKey() throws Exception {
        TreeCache cache = new TreeCache(WEIGHT, stats);
        Future<SourceLease> interrupted = threads.submit(() -> cache.acquire(run, "a", () -> {
            new CountDownLatch(1).await();
            return tree();
        }));
        await().atMost(LIMIT).until(() -> stats.misses() == 1);

        interrupted.cancel(true);

        Future<SourceLease> next = threads.submit(() -> cache.acquire(run, "a", this::tree));
        assertThat(get(next).tree().fileCount()).isEqualTo(1);
    }

    @Test
    void interruptingAWaiterDoesNotAffectOthers() throws Exception {
        TreeCache cache = new TreeCache(WEIGHT, stats);
        CountDownLatch mayFill = new CountDownLatch(1);
        AtomicReference<@Nullable Thread> waiter = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        Future<SourceLease> filling = threads.submit(() -> cache.acquire(run, "a", () -> {
            mayFill.await();
            return tree();
        }));
        await().atMost(LIMIT).until(() -> stats.misses() == 1);
        Future<SourceLease> waiting = threads.submit(() -> {
            waiter.set(Thread.currentThread());
            try {
                return cache.acquire(run, "a", this::tree);
            } catch (InterruptedException e) {
                ended.countDown();
                throw e;
            }
        });
        awaitParked(waiter);
        waiting.cancel(true);

        assertThat(ended.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        mayFill.countDown();
        assertThat(get(filling).tree().fileCount()).isEqualTo(1);
    }

    @Test
    void evictsTheLeastRecentlyUsedTree() throws Exception {
        TreeCache cache = new TreeCache(2 * WEIGHT, stats);
        cache.acquire(run, "a", this::tree).close();
        cache.acquire(run, "b", this::tree).close();
        cache.acquire(run, "a", this::never).close();

        cache.acquire(run, "c", this::tree).close();

        assertThat(stats.evictions()).isEqualTo(1);
        assertThat(stats.bytes()).isEqualTo(2 * WEIGHT);
        cache.acquire(run, "a", this::never).close();
        cache.acquire(run, "c", this::never).close();
        assertThatIOException().isThrownBy(() -> cache.acquire(run, "b", this::never));
    }

    @Test
    void countsTheIndexTowardsTheBound() throws Exception {
        TreeCache cache = new TreeCache(2 * WEIGHT - 1, stats);
        cache.acquire(run, "a", this::tree).close();
        cache.acquire(run, "b", this::tree).close();

        assertThat(stats.trees()).isEqualTo(1);
        assertThat(stats.bytes()).isEqualTo(WEIGHT);
    }

    @Test
    void keepsTreesInUseBeyondTheBound() throws Exception {
        TreeCache cache = new TreeCache(0, stats);
        SourceLease a = cache.acquire(run, "a", this::tree);
        SourceLease b = cache.acquire(run, "b", this::tree);
        assertThat(stats.trees()).isEqualTo(2);
        assertThat(read(a)).hasSize(600);

        a.close();

        assertThat(stats.trees()).isEqualTo(1);
        assertThat(read(b)).hasSize(600);
        b.close();
        assertThat(stats.bytes()).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void closingALeaseTwiceReleasesItOnce() throws Exception {
        TreeCache cache = new TreeCache(0, stats);
        SourceLease one = cache.acquire(run, "a", this::tree);
        SourceLease other = cache.acquire(run, "a", this::never);

        one.close();
        one.close();

        assertThat(read(other)).hasSize(600);
        other.close();
        assertThat(files()).isEmpty();
    }

    @Test
    void leasedTreesStayReadableAfterTheCacheIsClosed() throws Exception {
        TreeCache cache = new TreeCache(10 * WEIGHT, stats);
        cache.acquire(run, "idle", this::tree).close();
        SourceLease used = cache.acquire(run, "used", this::tree);

        cache.close();
        cache.close();

        assertThat(files()).hasSize(1);
        assertThat(read(used)).hasSize(600);
        assertThatIOException()
                .isThrownBy(() -> cache.acquire(run, "used", this::never))
                .withMessageContaining("closed");
        used.close();
        assertThat(files()).isEmpty();
    }

    @Test
    void discardsATreeThatIsFilledDuringClose() throws Exception {
        TreeCache cache = new TreeCache(WEIGHT, stats);

        assertThatIOException()
                .isThrownBy(() -> cache.acquire(run, "a", () -> {
                    CachedTree tree = tree();
                    cache.close();
                    return tree;
                }));
        assertThat(files()).isEmpty();
    }

    @Test
    void evictsIdleTreesForTheBudget() throws Exception {
        TreeCache cache = new TreeCache(Long.MAX_VALUE, stats);
        // shared by all runs: 1,800 bytes
        ProcessBudget small = new ProcessBudget(BudgetLimits.defaults().withDiskBytes(5_400));
        RunBudget first = small.open(new ObjectKey("ns", "app"));
        cache.acquire(first, "a", () -> tree(first)).close();
        SourceLease used = cache.acquire(first, "b", () -> tree(first));
        assertThat(small.disk().usedBytes()).isEqualTo(1_200);

        try (RunBudget other = small.open(new ObjectKey("other", "app"));
                RunBudget third = small.open(new ObjectKey("third", "app"))) {
            other.takeDisk("all that is left", 600);
            assertThat(stats.evictions()).isZero();
            third.takeDisk("the idle tree's", 300);
            assertThat(stats.evictions()).isEqualTo(1);
            assertThat(stats.trees()).isEqualTo(1);
            assertThat(small.disk().usedBytes()).isEqualTo(1_500);
            assertThat(cache.lease(first, "a")).isNull();
        }
        assertThat(read(used)).hasSize(600);
    }

    @Test
    void usesAnExistingTreeInsteadOfANewOne() throws Exception {
        TreeCache cache = new TreeCache(Long.MAX_VALUE, stats);
        SourceLease first = cache.publish(run, "a", tree());
        SourceLease second = cache.publish(run, "a", tree());

        assertThat(second.tree()).isSameAs(first.tree());
        assertThat(files()).hasSize(1);
        assertThat(budget.disk().usedBytes()).isEqualTo(600);
    }

    private CachedTree tree() throws IOException {
        return tree(run);
    }

    private CachedTree tree(RunBudget of) throws IOException {
        SpoolFile spool = SpoolFile.create(directory.resolve(spools.incrementAndGet() + ".spool"));
        FileEntry file = FileEntry.store(false, new ByteArrayInputStream(new byte[600]), spool);
        return new CachedTree(
                spool,
                FileTree.builder().putFile(TreePath.of("file"), file).build(),
                of.takeHeap("index", IndexCost.PER_ENTRY),
                of.takeDisk("spool", 600));
    }

    private CachedTree never() throws IOException {
        throw new IOException("is not in the cache");
    }

    private static byte[] read(SourceLease lease) throws IOException {
        FileEntry file = (FileEntry) lease.tree().get(TreePath.of("file")).orElseThrow();
        try (InputStream in = file.blob().openStream()) {
            return in.readAllBytes();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void awaitParked(AtomicReference<@Nullable Thread> thread) {
        await().atMost(LIMIT).until(() -> {
            Thread started = thread.get();
            return started != null && started.getState() == Thread.State.WAITING;
        });
    }

    private static SourceLease get(Future<SourceLease> lease) throws Exception {
        return lease.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
