package dev.sluice.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkQueueTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeTicker ticker = new FakeTicker();
    private final AtomicInteger added = new AtomicInteger();
    private final List<Duration> waits = new ArrayList<>();
    private final WorkQueue<String> queue = new WorkQueue<>(ticker, new ControllerListener() {
        @Override
        public void added() {
            added.incrementAndGet();
        }

        @Override
        public void taken(Duration waited) {
            waits.add(waited);
        }
    });

    @Test
    void handsOutKeysOnceInOrder() throws Exception {
        queue.add("a");
        queue.add("b");
        queue.add("a");

        assertThat(takeAll()).containsExactly("a", "b");
        assertThat(added).hasValue(2);
    }

    @Test
    void aKeyInProgressIsHandedOutAgainOnlyAfterDone() throws Exception {
        queue.add("a");
        String key = queue.take().orElseThrow();
        queue.add("a");
        queue.add("b");

        assertThat(queue.take()).contains("b");
        assertThat(queue.stats().depth()).isZero();

        queue.done(key);
        assertThat(queue.take()).contains("a");
    }

    @Test
    void aKeyThatIsDoneIsRemovedUnlessAddedMeanwhile() throws Exception {
        queue.add("a");
        queue.done(queue.take().orElseThrow());

        assertThat(queue.stats().depth()).isZero();
        assertThat(queue.stats().active()).isZero();
    }

    @Test
    void handsOutADelayedKeyWhenItIsDue() throws Exception {
        queue.addAfter("late", SECOND.multipliedBy(2));
        queue.addAfter("early", SECOND);

        CompletableFuture<String> first = takeInBackground();
        assertThat(first).isNotDone();
        ticker.advance(SECOND);
        assertThat(first.join()).isEqualTo("early");

        ticker.advance(SECOND);
        assertThat(queue.take()).contains("late");
    }

    @Test
    void theEarliestOfSeveralDelaysWins() throws Exception {
        queue.addAfter("a", SECOND.multipliedBy(10));
        queue.addAfter("a", SECOND);
        queue.addAfter("a", SECOND.multipliedBy(5));

        ticker.advance(SECOND);

        assertThat(queue.take()).contains("a");
        assertThat(queue.stats().delayed()).isZero();
    }

    @Test
    void aZeroDelayAddsTheKeyAtOnce() throws Exception {
        queue.addAfter("a", Duration.ZERO);
        queue.addAfter("b", Duration.ofSeconds(-1));

        assertThat(takeAll()).containsExactly("a", "b");
    }

    @Test
    void aDelayOfCenturiesDoesNotOverflow() {
        queue.addAfter("a", Duration.ofSeconds(Long.MAX_VALUE));
        queue.schedule("b", Duration.ofSeconds(Long.MAX_VALUE));
        ticker.advance(Duration.ofDays(1000));

        assertThat(takeInBackground()).isNotDone();
        assertThat(queue.stats().delayed()).isEqualTo(2);
        queue.shutDown();
    }

    @Test
    void takingAKeyCancelsItsScheduleButNotItsDelay() throws Exception {
        queue.schedule("a", SECOND);
        queue.addAfter("b", SECOND);
        queue.add("a");
        queue.add("b");
        takeAll().forEach(queue::done);

        ticker.advance(SECOND);

        assertThat(queue.take()).contains("b");
        assertThat(queue.stats().depth() + queue.stats().delayed()).isZero();
    }

    @Test
    void aLaterScheduleReplacesAnEarlierOne() throws Exception {
        queue.schedule("a", SECOND);
        queue.schedule("a", SECOND.multipliedBy(3));
        ticker.advance(SECOND.multipliedBy(2));
        CompletableFuture<String> taken = takeInBackground();
        assertThat(taken).isNotDone();

        ticker.advance(SECOND);

        assertThat(taken.join()).isEqualTo("a");
    }

    @Test
    void handsOutTenThousandDelayedKeys() throws Exception {
        // the client's DefaultDelayingQueue silently drops keys beyond 1,000
        for (int i = 0; i < 10_000; i++) {
            queue.addAfter("key-" + i, SECOND.plusNanos(10_000 - i));
        }
        ticker.advance(SECOND.multipliedBy(2));

        Set<String> out = new HashSet<>(takeAll(10_000));

        assertThat(out).hasSize(10_000);
    }

    @Test
    void delayingOneKeyManyTimesKeepsOneEntry() {
        for (int i = 0; i < 10_000; i++) {
            queue.addAfter("a", Duration.ofHours(1).minusNanos(i));
            queue.schedule("a", Duration.ofHours(1).minusNanos(i));
        }

        assertThat(queue.stats().delayed()).isEqualTo(2);
    }

    @Test
    void aPausedQueueKeepsItsKeys() throws Exception {
        queue.pause();
        queue.add("a");
        queue.addAfter("b", SECOND);
        CompletableFuture<String> taken = takeInBackground();
        ticker.advance(SECOND);
        await().during(Duration.ofMillis(50)).until(() -> !taken.isDone());

        queue.resume();

        assertThat(Set.of(taken.join(), queue.take().orElseThrow())).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void shutDownReleasesWaitingThreads() {
        CompletableFuture<String> taken = takeInBackground();

        queue.shutDown();

        assertThat(taken.join()).isEqualTo("nothing");
        queue.add("a");
        assertThat(queue.stats().depth()).isZero();
    }

    @Test
    void awaitIdleReturnsWithTheLastKeyInProgress() throws Exception {
        assertThat(queue.awaitIdle(Duration.ZERO)).isTrue();
        queue.add("a");
        String key = queue.take().orElseThrow();
        assertThat(queue.awaitIdle(Duration.ZERO)).isFalse();

        CompletableFuture<Boolean> idle = CompletableFuture.supplyAsync(() -> awaitIdle(SECOND));
        queue.done(key);

        assertThat(idle.join()).isTrue();
    }

    @Test
    void measuresWaitAndProcessingTimes() throws Exception {
        queue.add("a");
        ticker.advance(SECOND);
        queue.take();
        ticker.advance(SECOND.multipliedBy(2));
        queue.add("b");
        queue.take();
        ticker.advance(SECOND);

        assertThat(waits).containsExactly(SECOND, Duration.ZERO);
        assertThat(queue.stats()).isEqualTo(new QueueStats(0, 0, 2, SECOND.multipliedBy(4), SECOND.multipliedBy(3)));
    }

    @Test
    void anExceptionOfTheListenerIsIgnored() throws Exception {
        WorkQueue<String> guarded = new WorkQueue<>(ticker, new ControllerListener() {
            @Override
            public void added() {
                throw new IllegalStateException("broken metrics");
            }
        });

        guarded.add("a");

        assertThat(guarded.take()).contains("a");
    }

    @Test
    void noKeyIsTakenTwiceOrLost() {
        WorkQueue<Integer> shared = new WorkQueue<>(Ticker.system(), ControllerListener.NONE);
        Set<Integer> inWork = ConcurrentHashMap.newKeySet();
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger collisions = new AtomicInteger();
        List<CompletableFuture<Void>> workers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> work(shared, inWork, seen, collisions)))
                .toList();

        IntStream.range(0, 20_000).parallel().forEach(i -> shared.addAfter(i % 500, Duration.ofNanos(i % 3 * 1000L)));

        await().until(() ->
                seen.size() == 500 && shared.stats().depth() + shared.stats().delayed() == 0);
        shared.shutDown();
        workers.forEach(CompletableFuture::join);
        assertThat(collisions).hasValue(0);
    }

    private static void work(
            WorkQueue<Integer> queue, Set<Integer> inWork, Set<Integer> seen, AtomicInteger collisions) {
        for (Optional<Integer> key = take(queue); key.isPresent(); key = take(queue)) {
            if (!inWork.add(key.get())) {
                collisions.incrementAndGet();
            }
            seen.add(key.get());
            Thread.onSpinWait();
            inWork.remove(key.get());
            queue.done(key.get());
        }
    }

    private CompletableFuture<String> takeInBackground() {
        return CompletableFuture.supplyAsync(() -> take(queue).orElse("nothing"));
    }

    private List<String> takeAll() throws InterruptedException {
        return takeAll(queue.stats().depth());
    }

    private List<String> takeAll(int count) throws InterruptedException {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(queue.take().orElseThrow());
        }
        return keys;
    }

    private static <K> Optional<K> take(WorkQueue<K> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean awaitIdle(Duration limit) {
        try {
            return queue.awaitIdle(limit);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
