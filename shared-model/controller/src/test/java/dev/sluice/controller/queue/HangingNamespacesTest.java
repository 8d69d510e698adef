package dev.sluice.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A namespace's run starts within seconds whatever the runs of others do, and others do not fail the liveness probe.
 */
@Timeout(120)
class HangingNamespacesTest {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration SECONDS = Duration.ofSeconds(20);
    private static final ObjectKey QUIET = new ObjectKey("quiet", "app");

    private final FakeTicker ticker = new FakeTicker();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Set<ObjectKey> hanging = ConcurrentHashMap.newKeySet();
    private final Map<ObjectKey, Integer> begun = new ConcurrentHashMap<>();
    private final List<Controller<ObjectKey>> controllers = new ArrayList<>();

    @AfterEach
    void stop() {
        end.countDown();
        controllers.forEach(controller -> controller.stop(Duration.ofSeconds(10)));
    }

    /** The first namespace took all workers while it was alone. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void aNamespaceRunsWhileTwoOthersHangOnAllWorkers(int workers) {
        Controller<ObjectKey> controller = start(workers, this::hang, Ticker.system());
        enqueue(controller, "a", 30);
        await().until(() -> hanging.size() == workers);
        enqueue(controller, "b", 30);
        await().until(() -> hanging.stream().anyMatch(key -> key.namespace().equals("b")));

        controller.enqueue(QUIET);

        await().atMost(SECONDS).until(() -> begun.containsKey(QUIET));
    }

    /** With fewer threads than namespaces, a namespace with several runs is preempted and its key is requeued. */
    @Test
    void aNamespaceRunsWhileMoreNamespacesHangThanThereAreThreads() {
        Controller<ObjectKey> controller = start(4, this::hang, Ticker.system());
        enqueue(controller, "a", 30);
        await().until(() -> hanging.size() == 4);
        int others = WorkQueue.threads(4) - 2;
        for (int i = 0; i < others; i++) {
            enqueue(controller, "n" + i, 1);
        }
        await().atMost(SECONDS.multipliedBy(2)).until(() -> namespaces(hanging) == others + 1);

        controller.enqueue(QUIET);

        await().atMost(SECONDS).until(() -> begun.containsKey(QUIET));
        assertThat(hanging).anyMatch(key -> key.namespace().equals("a"));

        end.countDown();
        await().atMost(SECONDS).until(() -> begun.size() == 30 + others + 1);
        await().atMost(SECONDS).until(() -> begun.containsValue(2));
    }

    /** No namespace has more than one thread: the run whose time slice is over is preempted. */
    @Test
    void preemptsTheLongestRunAfterItsSlice() {
        Controller<ObjectKey> controller = start(2, this::hang, ticker);
        int threads = WorkQueue.threads(2);
        for (int i = 0; i < threads; i++) {
            enqueue(controller, "n" + i, 1);
        }
        ticker.advance(FairShare.SPARE_AFTER);
        await().until(() -> hanging.size() == threads);
        controller.enqueue(QUIET);
        ticker.advance(Preemption.AFTER);
        assertThat(begun).doesNotContainKey(QUIET);

        ticker.advance(Preemption.FIRST_SLICE);

        await().atMost(SECONDS).until(() -> begun.containsKey(QUIET));
        end.countDown();
        await().atMost(SECONDS).until(() -> begun.values().stream().anyMatch(times -> times == 2));
    }

    /** Every run ends at its time limit, in more namespaces than there are threads. */
    @Test
    void runsThatEndAtTheirTimeLimitAreProgress() throws Exception {
        WorkQueue<ObjectKey> queue = new WorkQueue<>(ticker, ControllerListener.NONE, 4, ObjectKey::namespace);
        int threads = WorkQueue.threads(4);
        for (int i = 0; i < 10 * threads; i++) {
            queue.add(new ObjectKey("n" + i, "hangs"));
        }
        List<ObjectKey> inWork = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < threads; i++) {
                ticker.advance(FairShare.SPARE_AFTER);
                inWork.add(queue.take().orElseThrow());
            }
            ticker.advance(LIMIT);
            assertThat(queue.stalledFor()).isLessThanOrEqualTo(LIMIT);
            inWork.forEach(queue::done);
            inWork.clear();
        }
    }

    /** Two namespaces alone, all of whose runs ignore their interrupts, do not end the process. */
    @Test
    void twoNamespacesThatHangForeverAreNotWedged() {
        Controller<ObjectKey> controller = start(10, this::hangForGood, ticker);
        enqueue(controller, "a", 30);
        await().until(() -> hanging.size() == 10);
        enqueue(controller, "b", 30);
        await().until(() -> hanging.size() == 15);

        for (int minute = 0; minute < 30; minute++) {
            ObjectKey key = new ObjectKey("quiet", "app" + minute);
            controller.enqueue(key);
            ticker.advance(Duration.ofMinutes(1));
            await().atMost(SECONDS).until(() -> begun.containsKey(key));
            assertThat(controller.isWedged()).isFalse();
        }
    }

    @Test
    void aControllerWhoseThreadsAllHangForeverIsWedged() {
        Controller<ObjectKey> controller = start(2, this::hangForGood, ticker);
        int threads = WorkQueue.threads(2);
        for (int i = 0; i < threads; i++) {
            enqueue(controller, "n" + i, 1);
        }
        ticker.advance(FairShare.SPARE_AFTER);
        await().until(() -> hanging.size() == threads);
        ticker.advance(LIMIT.plusMinutes(2));
        assertThat(controller.isWedged()).as("no key waits").isFalse();

        controller.enqueue(QUIET);
        assertThat(controller.isWedged()).as("has just begun to wait").isFalse();
        ticker.advance(LIMIT.plusMinutes(2));

        assertThat(controller.isWedged()).isTrue();
    }

    private Result hang(ObjectKey key) throws InterruptedException {
        begun.merge(key, 1, Integer::sum);
        if (!key.namespace().equals("quiet")) {
            hanging.add(key);
            try {
                end.await();
            } finally {
                hanging.remove(key);
            }
        }
        return Result.done();
    }

    @SuppressWarnings("ThreadInterrupted")
    private Result hangForGood(ObjectKey key) {
        begun.merge(key, 1, Integer::sum);
        if (!key.namespace().equals("quiet")) {
            hanging.add(key);
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException ignored) {
                    Thread.interrupted();
                }
            }
        }
        return Result.done();
    }

    private Controller<ObjectKey> start(int workers, Reconciler<ObjectKey> reconciler, Ticker clock) {
        Controller<ObjectKey> controller = new Controller<>(
                ControllerOptions.named("test").withWorkers(workers).withTimeout(LIMIT),
                reconciler,
                () -> true,
                ControllerListener.NONE,
                clock,
                Optional.of(ObjectKey::namespace));
        controllers.add(controller);
        controller.start();
        return controller;
    }

    private static void enqueue(Controller<ObjectKey> controller, String namespace, int keys) {
        for (int i = 0; i < keys; i++) {
            controller.enqueue(new ObjectKey(namespace, "k" + i));
        }
    }

    private static long namespaces(Set<ObjectKey> keys) {
        return keys.stream().map(ObjectKey::namespace).distinct().count();
    }
}
