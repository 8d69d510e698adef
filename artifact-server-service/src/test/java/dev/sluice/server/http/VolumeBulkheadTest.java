package dev.sluice.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VolumeBulkheadTest {

    private static final int REQUESTS = 12;

    /** Of two workers, one may wait for the volume. */
    private final VolumeBulkhead bulkhead = new VolumeBulkhead(2);

    @Test
    void waitsLongerThanASecondWhileOtherRequestsEnd() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(REQUESTS);
        try {
            List<Future<Boolean>> entered = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                entered.add(clients.submit(this::readsForATenthOfASecond));
            }
            for (Future<Boolean> request : entered) {
                assertThat(request.get(30, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private boolean readsForATenthOfASecond() {
        if (!bulkhead.enter()) {
            return false;
        }
        try {
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            return true;
        } finally {
            bulkhead.leave();
        }
    }

    @Test
    void refusesAtOnceAfterNoRequestHasEndedForASecond() {
        assertThat(bulkhead.enter()).isTrue();
        assertThat(bulkhead.enter()).as("after a second").isFalse();

        long startNanos = System.nanoTime();
        assertThat(bulkhead.enter()).isFalse();
        assertThat(System.nanoTime() - startNanos).isLessThan(TimeUnit.MILLISECONDS.toNanos(900));

        bulkhead.leave();
        assertThat(bulkhead.enter()).isTrue();
    }
}
