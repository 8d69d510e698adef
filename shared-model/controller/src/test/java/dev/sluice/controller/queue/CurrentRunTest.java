package dev.sluice.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CurrentRunTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final List<Boolean> timedOut = new CopyOnWriteArrayList<>();

    @Test
    void reportsTheDeadlineOfARun() throws Exception {
        Controller<String> controller = controller(Duration.ofMillis(50));

        await().atMost(LIMIT).until(() -> !timedOut.isEmpty());
        controller.stop(LIMIT);
        assertThat(timedOut.get(0)).isTrue();
    }

    @Test
    void doesNotTakeAStopForTheDeadline() throws Exception {
        Controller<String> controller = controller(Duration.ofMinutes(10));
        begun.await();

        controller.stop(Duration.ofMillis(1));

        await().atMost(LIMIT).until(() -> !timedOut.isEmpty());
        assertThat(timedOut).containsExactly(false);
    }

    @Test
    void isNotTimedOutOutsideOfARun() {
        assertThat(CurrentRun.isTimedOut()).isFalse();
        assertThat(CurrentRun.isInterrupted()).isFalse();
    }

    private Controller<String> controller(Duration timeout) {
        Controller<String> controller = new Controller<>(
                ControllerOptions.named("test").withWorkers(1).withTimeout(timeout),
                this::hang,
                () -> true,
                ControllerListener.NONE);
        controller.start();
        controller.enqueue("one");
        return controller;
    }

    private Result hang(String key) throws InterruptedException {
        begun.countDown();
        try {
            new CountDownLatch(1).await();
            return Result.done();
        } finally {
            assertThat(CurrentRun.isInterrupted()).isTrue();
            timedOut.add(CurrentRun.isTimedOut());
        }
    }
}
