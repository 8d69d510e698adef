package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.function.ServerResponse.SseBuilder;

class LiveUpdatesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicLong version = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();
    private final LiveUpdates updates = new LiveUpdates(this::version);

    private long version() {
        if (version.get() < 0) {
            failures.incrementAndGet();
            throw new IllegalStateException("thrown by a test");
        }
        return version.get();
    }

    /** Tomcat throws it in a write to a connection that ends meanwhile. */
    @Test
    void aBrowserThatGoesDuringAWriteDoesNotEndTheUpdatesOfOthers() {
        Browser gone = new Browser(data -> {
            throw new NullPointerException("thrown by a test");
        });
        Browser stays = new Browser(data -> {});
        updates.add(gone, "192.0.2.1", 0);
        updates.add(stays, "192.0.2.2", 0);

        change(stays, 1);

        await().atMost(LIMIT).until(() -> updates.size() == 1);
        change(stays, 2);
    }

    @Test
    void aVersionThatCannotBeReadDoesNotEndTheUpdates() {
        Browser stays = new Browser(data -> {});
        updates.add(stays, "192.0.2.2", 0);
        version.set(-1);
        await().atMost(LIMIT).until(() -> failures.get() > 0);

        change(stays, 1);
    }

    @Test
    void aBrowserThatDoesNotReadDoesNotDelayOthers() {
        CountDownLatch reads = new CountDownLatch(1);
        AtomicInteger writes = new AtomicInteger();
        Browser slow = new Browser(data -> {
            writes.incrementAndGet();
            await().atMost(LIMIT).until(() -> reads.getCount() == 0);
        });
        Browser fast = new Browser(data -> {});
        updates.add(slow, "192.0.2.1", 0);
        updates.add(fast, "192.0.2.2", 0);

        change(fast, 1);
        await().atMost(LIMIT).until(() -> writes.get() == 1);
        change(fast, 2);
        change(fast, 3);
        assertThat(writes).as("one write at a time").hasValue(1);

        reads.countDown();
        await().atMost(LIMIT).until(() -> slow.received.contains("3"));
        assertThat(slow.received).doesNotContain("2");
    }

    @Test
    void limitsTheBrowsersOfAnAddress() {
        for (int i = 0; i < LiveUpdates.MAX_CLIENTS_OF_ADDRESS + 5; i++) {
            updates.add(new Browser(data -> {}), "192.0.2.1", 0);
        }
        assertThat(updates.size()).isEqualTo(LiveUpdates.MAX_CLIENTS_OF_ADDRESS);

        for (int i = 0; i < LiveUpdates.MAX_CLIENTS; i++) {
            updates.add(new Browser(data -> {}), "192.0.2." + i, 0);
        }
        assertThat(updates.size()).isEqualTo(LiveUpdates.MAX_CLIENTS);
    }

    private void change(Browser browser, long next) {
        version.set(next);
        await().atMost(LIMIT).until(() -> browser.received.contains(Long.toString(next)));
    }

    /** A connection without a network. */
    private static final class Browser implements SseBuilder {

        private final List<String> received = new CopyOnWriteArrayList<>();
        private final Consumer<Object> onData;

        Browser(Consumer<Object> onData) {
            this.onData = onData;
        }

        @Override
        public void data(Object data) {
            onData.accept(data);
            received.add(data.toString());
        }

        @Override
        public SseBuilder event(String name) {
            return this;
        }

        @Override
        public SseBuilder comment(String comment) {
            return this;
        }

        @Override
        public SseBuilder id(String id) {
            return this;
        }

        @Override
        public SseBuilder retry(Duration time) {
            return this;
        }

        @Override
        public SseBuilder onTimeout(Runnable handler) {
            return this;
        }

        @Override
        public SseBuilder onError(Consumer<Throwable> handler) {
            return this;
        }

        @Override
        public SseBuilder onComplete(Runnable handler) {
            return this;
        }

        @Override
        public void send() {}

        @Override
        public void send(Object object) {}

        @Override
        public void error(Throwable failure) {}

        @Override
        public void complete() {}
    }
}
