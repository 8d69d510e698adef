package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final SettableClock clock = new SettableClock();

    @Test
    void showsNothingForQuickWork() {
        Progress progress = progress(true);
        progress.show("reading");
        progress.clear();

        assertThat(shown.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void showsAndClearsOneLineForLongWork() {
        Progress progress = progress(true);
        clock.pass(Duration.ofMillis(600));
        progress.show("one");
        progress.show("too soon");
        clock.pass(Duration.ofMillis(100));
        progress.show("two");
        progress.clear();

        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001B[Kone\r\u001B[Ktwo\r\u001B[K");
    }

    @Test
    void showsNothingWithoutATerminal() {
        Progress progress = progress(false);
        clock.pass(Duration.ofMinutes(1));
        progress.show("one");

        assertThat(shown.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private Progress progress(boolean enabled) {
        return new Progress(new PrintStream(shown, true, StandardCharsets.UTF_8), enabled, clock);
    }

    private static final class SettableClock extends Clock {

        private Instant now = Instant.EPOCH;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
