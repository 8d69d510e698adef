package dev.sluice.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdleCollectorTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);

    record Case(String name, Duration cpuTime, long promotedBytes, int collections) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("idle, with garbage", Duration.ofMillis(300), 20L << 20, 1),
                new Case("idle, without garbage", Duration.ofMillis(300), 1L << 20, 0),
                new Case("busy", Duration.ofSeconds(10), 20L << 20, 0));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void collectsTheHeapOfAnIdleProcess(Case c) {
        Memory memory = new Memory();
        try (IdleCollector collector = new IdleCollector(memory, INTERVAL)) {
            memory.cpuNanos += c.cpuTime().toNanos();
            memory.promotedBytes = c.promotedBytes();

            collector.collectIfIdle();
            assertThat(memory.collections).isEqualTo(c.collections());

            memory.cpuNanos += INTERVAL.toNanos();
            collector.collectIfIdle();
            assertThat(memory.collections).as("busy afterwards").isEqualTo(c.collections());
        }
    }

    private static final class Memory implements JvmMemory {

        private long cpuNanos = 5;
        private long promotedBytes;
        private int collections;

        @Override
        public long cpuNanos() {
            return cpuNanos;
        }

        @Override
        public long promotedBytes() {
            return promotedBytes;
        }

        @Override
        public void collect() {
            collections++;
            promotedBytes = 0;
        }
    }
}
