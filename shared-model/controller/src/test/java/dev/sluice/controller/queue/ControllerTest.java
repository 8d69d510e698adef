package dev.sluice.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

@Timeout(120)
class ControllerTest {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final BackOffOptions BACK_OFF = new BackOffOptions(Duration.ofSeconds(1), Duration.ofSeconds(4), 0);

    private final FakeTicker ticker = new FakeTicker();
    private final List<RunOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final List<Controller<String>> controllers = new CopyOnWriteArrayList<>();
    private final AtomicInteger retries = new AtomicInteger();

    @BeforeEach
    void waitLong() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        controllers.forEach(controller -> controller.stop(Duration.ZERO));
    }

    record Ending(String name, Reconciler<String> first, RunOutcome outcome, boolean retried) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Ending> failures() {
        return Stream.of(
                new Ending("checked exception", key -> raise(new IOException("disk full")), RunOutcome.ERROR, true),
                new Ending(
                        "unchecked exception", key -> raise(new IllegalStateException("bug")), RunOutcome.PANIC, true),
                new Ending("stack overflow", key -> raise(new StackOverflowError()), RunOutcome.PANIC, true),
                new Ending("out of memory", key -> raise(new OutOfMemoryError("heap")), RunOutcome.PANIC, true),
                new Ending("linkage error", key -> raise(new NoClassDefFoundError("X")), RunOutcome.PANIC, true),
                new Ending("no result", ControllerTest::nothing, RunOutcome.PANIC, true),
                new Ending("failure as a result", key -> Result.failed(new IOException("x")), RunOutcome.ERROR, true),
                new Ending("retry", key -> Result.retry(), RunOutcome.REQUEUE, true),
                new Ending("terminal", key -> Result.terminal(new IOException("x")), RunOutcome.TERMINAL_ERROR, false),
                new Ending("success", key -> Result.done(), RunOutcome.SUCCESS, false));
    }

    /** The stack of an expected failure says nothing; that of a bug does. */
    @Test
    void onlyPanicsAreLoggedWithAStack() {
        Logger logger = (Logger) LoggerFactory.getLogger(Controller.class);
        logger.setLevel(Level.INFO);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            Controller<String> controller = start(key -> raise(
                    key.equals("bug")
                            ? new IllegalStateException("bug")
                            : new IOException("cannot fetch", new IOException("connection refused"))));
            controller.enqueue("bug");
            controller.enqueue("user");
            await().until(() -> outcomes.size() == 2);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
        assertThat(log.list)
                .anySatisfy(line -> assertThat(line.getThrowableProxy()).isNotNull())
                .anySatisfy(line -> {
                    assertThat(line.getThrowableProxy()).isNull();
                    assertThat(line.getMessage()).isEqualTo("Reconciler error");
                    assertThat(line.getKeyValuePairs())
                            .anyMatch(pair ->
                                    pair.key.equals("error") && "cannot fetch: connection refused".equals(pair.value));
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyOutcomeIsCountedAndRetriedIfRetryable(Ending ending) {
        AtomicInteger runs = new AtomicInteger();
        Controller<String> controller =
                start(key -> runs.incrementAndGet() == 1 ? ending.first.reconcile(key) : Result.done());

        controller.enqueue("a");
        await().until(() -> outcomes.size() == 1);
        assertThat(outcomes).containsExactly(ending.outcome);
        assertThat(controller.stats().delayed()).isEqualTo(ending.retried ? 1 : 0);
        assertThat(retries).hasValue(ending.retried ? 1 : 0);

        // the same key is processed again afterwards
        ticker.advance(BACK_OFF.min());
        controller.enqueue("a");
        await().until(() ->
                outcomes.contains(RunOutcome.SUCCESS) && controller.stats().active() == 0);
    }

    @Test
    void failuresIncreaseTheBackOffAndSuccessResetsIt() {
        Queue<Result> results = new ArrayDeque<>(List.of(
                Result.retry(),
                Result.retry(),
                Result.requeueAfter(Duration.ofSeconds(7)),
                Result.retry(),
                Result.done()));
        Controller<String> controller = start(key -> results.remove());
        controller.enqueue("a");

        for (int seconds : new int[] {1, 2, 7, 1}) {
            int runs = outcomes.size() + 1;
            await().until(() ->
                    outcomes.size() >= runs - 1 && controller.stats().delayed() == 1);
            int before = outcomes.size();
            ticker.advance(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(outcomes).hasSize(before);
            ticker.advance(Duration.ofNanos(1));
            await().until(() -> outcomes.size() == before + 1);
        }

        assertThat(outcomes)
                .containsExactly(
                        RunOutcome.REQUEUE,
                        RunOutcome.REQUEUE,
                        RunOutcome.REQUEUE_AFTER,
                        RunOutcome.REQUEUE,
                        RunOutcome.SUCCESS);
    }

    @Test
    void aTimedOutRunIsInterruptedOnceAndRetried() {
        AtomicInteger interrupts = new AtomicInteger();
        Reconciler<String> slow = key -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupts.incrementAndGet();
            }
            // the part of a run that reports its failure is not interrupted
            if (new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)) {
                throw new AssertionError();
            }
            return Result.done();
        };
        Controller<String> controller = start(options().withTimeout(Duration.ofMillis(10)), slow, () -> true);

        controller.enqueue("a");

        await().until(() -> outcomes.size() == 1);
        assertThat(outcomes).containsExactly(RunOutcome.TIMEOUT);
        assertThat(interrupts).hasValue(1);
        assertThat(controller.stats().delayed()).isEqualTo(1);
    }

    @Test
    void anInterruptOfOneRunNeverReachesTheNext() {
        AtomicBoolean leaked = new AtomicBoolean();
        Controller<String> controller = start(
                options().withWorkers(1),
                key -> {
                    leaked.compareAndSet(false, Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                    return Result.done();
                },
                () -> true);

        for (int i = 0; i < 100; i++) {
            controller.enqueue("key-" + i);
        }

        await().until(() -> outcomes.size() == 100);
        assertThat(leaked).isFalse();
        assertThat(outcomes).containsOnly(RunOutcome.SUCCESS);
    }

    @Test
    void noRunStartsBeforeTheCachesAreFilled() {
        AtomicInteger asked = new AtomicInteger();
        BooleanSupplier ready = () -> {
            if (asked.incrementAndGet() == 2) {
                throw new IllegalStateException("cannot tell");
            }
            return asked.get() >= 5;
        };
        Controller<String> controller =
                start(options(), key -> asked.get() >= 5 ? Result.done() : Result.retry(), ready);

        controller.enqueue("a");

        await().until(() -> outcomes.size() == 1);
        assertThat(outcomes).containsExactly(RunOutcome.SUCCESS);
    }

    @Test
    void aKeyIsNeverInTwoRunsAtOnce() {
        Map<String, AtomicInteger> inRun = new ConcurrentHashMap<>();
        AtomicInteger collisions = new AtomicInteger();
        Controller<String> controller = start(key -> {
            if (inRun.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet() > 1) {
                collisions.incrementAndGet();
            }
            Thread.onSpinWait();
            inRun.get(key).decrementAndGet();
            return Result.done();
        });

        for (int i = 0; i < 2_000; i++) {
            controller.enqueue("key-" + i % 3);
        }

        await().until(() ->
                controller.stats().depth() == 0 && controller.stats().active() == 0);
        assertThat(collisions).hasValue(0);
    }

    @Test
    void stoppingLetsARunFinishWithinTheGracePeriod() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Controller<String> controller = start(key -> {
            started.countDown();
            finish.await();
            return Result.done();
        });
        controller.enqueue("a");
        started.await();

        Thread stopper = new Thread(() -> controller.stop(GRACE));
        stopper.start();
        finish.countDown();
        stopper.join();

        assertThat(outcomes).containsExactly(RunOutcome.SUCCESS);
        assertThat(controller.stats().active()).isZero();
    }

    @Test
    void stoppingAbandonsARunAfterTheGracePeriod() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Controller<String> controller = start(key -> {
            started.countDown();
            new CountDownLatch(1).await();
            return Result.done();
        });
        controller.enqueue("a");
        started.await();
        ticker.advance(Duration.ZERO);

        assertThat(controller.stop(Duration.ZERO)).isTrue();

        assertThat(outcomes).containsExactly(RunOutcome.ABANDONED);
    }

    @Test
    void aPausedControllerKeepsItsKeysAndRepeatsTheAbandonedRun() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        Controller<String> controller = start(key -> {
            if (first.getAndSet(false)) {
                started.countDown();
                new CountDownLatch(1).await();
            }
            return Result.done();
        });
        controller.enqueue("a");
        started.await();

        assertThat(controller.pause(Duration.ZERO)).isTrue();
        controller.enqueue("b");
        assertThat(outcomes).containsExactly(RunOutcome.ABANDONED);
        assertThat(controller.stats().depth()).isEqualTo(2);

        controller.resume();
        await().until(() -> outcomes.size() == 3);
        assertThat(outcomes).containsExactly(RunOutcome.ABANDONED, RunOutcome.SUCCESS, RunOutcome.SUCCESS);
    }

    @Test
    void stoppingEndsAllThreads() {
        Controller<String> controller = start(options("leak-check"), key -> Result.done(), () -> true);
        controller.enqueue("a");
        await().until(() -> outcomes.size() == 1);
        assertThat(threadsOf("leak-check")).isNotEmpty();

        controller.stop(GRACE);

        await().untilAsserted(() -> assertThat(threadsOf("leak-check")).isEmpty());
    }

    @Test
    void aControllerThatIsNotReadyCanBeStopped() {
        Controller<String> controller = start(options("never-ready"), key -> Result.done(), () -> false);

        controller.stop(GRACE);

        await().untilAsserted(() -> assertThat(threadsOf("never-ready")).isEmpty());
    }

    @Test
    void aControllerWhoseWorkersAllHangIsWedged() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Controller<String> controller = new Controller<>(
                ControllerOptions.named("test").withWorkers(1),
                key -> {
                    running.countDown();
                    release.await();
                    return Result.done();
                },
                () -> true,
                ControllerListener.NONE,
                ticker);
        controllers.add(controller);
        controller.start();
        ticker.advance(Duration.ofHours(1));
        assertThat(controller.isWedged()).as("idle").isFalse();

        controller.enqueue("hangs");
        running.await();
        ticker.advance(Duration.ofHours(1));
        assertThat(controller.isWedged()).as("busy, but no key waits").isFalse();

        controller.enqueue("waits");
        ticker.advance(Duration.ofMinutes(11));
        assertThat(controller.isWedged()).as("within the time limit of a run").isFalse();
        ticker.advance(Duration.ofSeconds(1));
        assertThat(controller.isWedged()).as("beyond the time limit").isTrue();

        controller.pause(Duration.ZERO);
        assertThat(controller.isWedged()).as("paused").isFalse();
        release.countDown();
    }

    @Test
    void refusesToStartTwice() {
        Controller<String> controller = start(key -> Result.done());

        assertThatIllegalStateException().isThrownBy(controller::start).withMessageContaining("test");
    }

    private Controller<String> start(Reconciler<String> reconciler) {
        return start(options(), reconciler, () -> true);
    }

    private Controller<String> start(ControllerOptions options, Reconciler<String> reconciler, BooleanSupplier ready) {
        ControllerListener listener = new ControllerListener() {
            @Override
            public void finished(RunOutcome outcome, Duration took) {
                outcomes.add(outcome);
            }

            @Override
            public void retried() {
                retries.incrementAndGet();
            }
        };
        Controller<String> controller = new Controller<>(options, reconciler, ready, listener, ticker);
        controllers.add(controller);
        controller.start();
        return controller;
    }

    private static ControllerOptions options() {
        return options("test");
    }

    private static ControllerOptions options(String name) {
        return ControllerOptions.named(name).withWorkers(3).withBackOff(BACK_OFF);
    }

    private static List<String> threadsOf(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(n -> n.startsWith(name))
                .toList();
    }

    private static Result raise(Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        }
        throw (Error) failure;
    }

    @SuppressWarnings("NullAway") // violates the contract on purpose
    private static Result nothing(String key) {
        return null;
    }
}
