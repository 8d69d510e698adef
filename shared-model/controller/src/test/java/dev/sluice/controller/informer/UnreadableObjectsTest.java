package dev.sluice.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.UnreadableObject;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UnreadableObjectsTest {

    private final Time time = new Time();
    private final UnreadableObjects setAside = new UnreadableObjects("GitRepository", time);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(UnreadableObjects.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void limitsLogLines() {
        IntStream.range(0, 5_000).forEach(i -> setAside.add(object(i, "x")));
        assertThat(log.list).hasSize(UnreadableObjects.MAX_LOGGED);

        time.nanos += Duration.ofMinutes(1).toNanos();
        IntStream.range(0, 5_000).forEach(i -> setAside.add(object(0, "reason " + i)));
        assertThat(log.list).hasSize(2 * UnreadableObjects.MAX_LOGGED);
    }

    @Test
    void remembersAllKeysAndALimitedNumberOfReasons() {
        IntStream.range(0, 5_000).forEach(i -> setAside.add(object(i, "reason " + i)));

        assertThat(setAside.keys()).hasSize(5_000);
        assertThat(setAside.size()).isEqualTo(5_000);
        assertThat(setAside.total()).isEqualTo(5_000);
        assertThat(setAside.reason(key(999))).contains("reason 999");
        assertThat(setAside.reason(key(UnreadableObjects.MAX_REASONS))).contains("");
    }

    @Test
    void aListReplacesAllEntries() {
        setAside.add(object(1, "x"));
        setAside.add(object(2, "x"));

        setAside.replace(List.of(object(2, "x"), object(3, "x")));

        assertThat(setAside.keys()).containsExactlyInAnyOrder(key(2), key(3));
        assertThat(setAside.total()).isEqualTo(3);
    }

    private static UnreadableObject object(int number, String reason) {
        return new UnreadableObject(key(number), "uid", "7", reason);
    }

    private static ObjectKey key(int number) {
        return new ObjectKey("apps", "object-" + number);
    }

    private static final class Time implements Ticker {

        long nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long await(Condition condition, long nanos) {
            throw new UnsupportedOperationException();
        }
    }
}
