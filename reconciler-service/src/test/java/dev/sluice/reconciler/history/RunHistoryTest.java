package dev.sluice.reconciler.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.stage.Stage;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunHistoryTest {

    private static final ObjectKey APP = new ObjectKey("apps", "app");
    private static final ObjectKey OTHER = new ObjectKey("apps", "other");

    private final TickingClock clock = new TickingClock();
    private final RunHistory history = new RunHistory(clock);

    @Test
    void keepsTheStagesOfARun() {
        history.began(APP);
        history.builds("the spec has changed");
        history.ended(Stage.BUILD, "one", Duration.ofMillis(5));
        history.ended(Stage.BUILD, "two", Duration.ofMillis(7));
        history.ended(Stage.PUBLISH, APP, Duration.ofMillis(1));
        history.ended(RunEnd.READY, "generated 2 artifact(s)", NextRun.in(Duration.ofHours(1)));

        PastRun run = history.of(APP).get(0);
        assertThat(run.result()).isEqualTo(RunEnd.READY);
        assertThat(run.why()).isEqualTo("the spec has changed");
        assertThat(run.message()).isEqualTo("generated 2 artifact(s)");
        assertThat(run.next()).isEqualTo(NextRun.in(Duration.ofHours(1)));
        assertThat(run.stages())
                .isEqualTo(Map.of(Stage.BUILD, Duration.ofMillis(12), Stage.PUBLISH, Duration.ofMillis(1)));
        assertThat(run.slowest().stream().map(StageTiming::subject)).containsExactly("two", "one", "apps/app");
        assertThat(history.of(OTHER)).isEmpty();
    }

    @Test
    void addsAFetchToTheFirstRunOfEachGeneratorThatUsesIt() throws InterruptedException {
        Thread fetching = new Thread(() -> {
            history.ended(Stage.FETCH, "sha256:a", Duration.ofSeconds(3));
            history.ended(Stage.INDEX, "sha256:a", Duration.ofSeconds(1));
        });
        fetching.start();
        fetching.join();

        for (ObjectKey generator : List.of(APP, OTHER, APP)) {
            history.began(generator);
            history.acquired("sha256:a");
            history.acquired("sha256:b");
            history.ended(RunEnd.READY, "", null);
        }

        assertThat(history.of(APP).stream().map(PastRun::stages))
                .containsExactly(
                        Map.of(), Map.of(Stage.FETCH, Duration.ofSeconds(3), Stage.INDEX, Duration.ofSeconds(1)));
        assertThat(history.of(OTHER).get(0).total()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void countsWaitingAsAPartOfTheRunThatFollows() {
        run(APP, RunEnd.READY, "before");
        Instant first = clock.now;
        run(APP, RunEnd.WAITING, "the source is being fetched");
        run(APP, RunEnd.WAITING, "the source is being fetched");
        run(APP, RunEnd.READY, "after");

        assertThat(messages(APP)).containsExactly("after", "before");
        assertThat(history.of(APP).get(0).waitingSince()).isEqualTo(first);
    }

    @Test
    void keepsTheLastOfSeveralRunsWithoutAChange() {
        run(APP, RunEnd.READY, "built");
        run(APP, RunEnd.UP_TO_DATE, "1");
        run(APP, RunEnd.UP_TO_DATE, "2");

        assertThat(messages(APP)).containsExactly("2", "built");
    }

    @Test
    void isBoundedForEachGenerator() {
        for (int i = 0; i < 100; i++) {
            run(APP, RunEnd.FAILED, Integer.toString(i));
        }

        assertThat(messages(APP))
                .hasSize(RunHistory.MAX_RUNS)
                .startsWith("99", "98")
                .endsWith("80");
    }

    @Test
    void isBoundedInAllAndInEachRun() {
        String longText = "x".repeat(10_000);
        for (int i = 0; i < 1_500; i++) {
            history.began(new ObjectKey("apps", "app-" + i));
            for (int stage = 0; stage < 100; stage++) {
                history.ended(Stage.BUILD, longText, Duration.ofMillis(stage));
            }
            history.ended(RunEnd.FAILED, longText, null);
        }

        PastRun last = history.of(new ObjectKey("apps", "app-1499")).get(0);
        assertThat(last.slowest()).hasSize(20);
        assertThat(last.slowest().get(0).took()).isEqualTo(Duration.ofMillis(99));
        assertThat(last.slowest().get(0).subject()).hasSize(501);
        assertThat(last.message()).hasSize(501);
        assertThat(last.total()).isEqualTo(Duration.ofMillis(99 * 100 / 2));
        int kept = 0;
        for (int i = 0; i < 1_500; i++) {
            kept += history.of(new ObjectKey("apps", "app-" + i)).size();
        }
        assertThat(kept).isEqualTo(RunHistory.MAX_SIZE / 21);
        assertThat(history.of(new ObjectKey("apps", "app-0"))).isEmpty();
    }

    @Test
    void forgetsDeletedGenerators() {
        run(APP, RunEnd.READY, "built");
        long version = history.version();
        run(APP, RunEnd.DELETED, "");

        assertThat(history.of(APP)).isEmpty();
        assertThat(version).isEqualTo(1);
    }

    private void run(ObjectKey generator, RunEnd end, String message) {
        history.began(generator);
        history.ended(end, message, null);
    }

    private List<String> messages(ObjectKey generator) {
        return history.of(generator).stream().map(PastRun::message).toList();
    }

    /** Advances by one second each time it is read. */
    private static final class TickingClock extends Clock {

        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            Instant read = now;
            now = now.plusSeconds(1);
            return read;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(@Nullable ZoneId zone) {
            return this;
        }
    }
}
