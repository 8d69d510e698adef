package dev.sluice.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestThreadsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void requestsBehindThreadsThatAreHeldUpGetMoreThreadsUpToTheMost() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        try (RequestThreads threads = new RequestThreads("test", 2, 8, Duration.ofMillis(50))) {
            CountDownLatch held = new CountDownLatch(7);
            for (int i = 0; i < 7; i++) {
                threads.execute(() -> {
                    held.countDown();
                    awaitQuietly(release);
                });
            }
            CountDownLatch served = new CountDownLatch(1);
            threads.execute(served::countDown);

            assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(threads.count()).isLessThanOrEqualTo(8);

            release.countDown();
            await().atMost(LIMIT).until(() -> threads.count() == 2);
        }
    }

    @Test
    void requestsThatAreAnsweredAtOnceNeedFewThreads() throws InterruptedException {
        try (RequestThreads threads = new RequestThreads("test", 2, 200)) {
            CountDownLatch served = new CountDownLatch(10_000);
            for (int i = 0; i < 10_000; i++) {
                threads.execute(served::countDown);
            }
            assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(threads.count()).isLessThan(50);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
