package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.console.RunChart.Bar;
import dev.sluice.reconciler.console.RunChart.Segment;
import dev.sluice.reconciler.history.PastRun;
import dev.sluice.reconciler.history.RunEnd;
import dev.sluice.reconciler.history.StageTiming;
import dev.sluice.reconciler.stage.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunChartTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:10:00Z");

    @Test
    void drawsAllRunsOnTheScaleOfTheLongest() {
        PastRun slow = run(
                Duration.ofSeconds(6),
                Map.of(Stage.FETCH, Duration.ofSeconds(3), Stage.BUILD, Duration.ofSeconds(1)),
                NOW.minusSeconds(70));
        PastRun quick = run(Duration.ofMillis(60), Map.of(), null);

        RunChart chart = RunChart.of(List.of(slow, quick), NOW);

        assertThat(chart.legend()).containsExactly("fetch", "build");
        Bar first = chart.bars().get(0);
        assertThat(first.segments())
                .containsExactly(
                        new Segment("fetch", 0, 300), new Segment("build", 300, 100), new Segment("other", 400, 200));
        assertThat(first.stages()).isEqualTo("fetch 3.00 s, build 1.00 s");
        assertThat(first.waited()).isEqualTo("10.00 s");
        assertThat(first.slowest()).containsExactly("fetch sha256:a: 3.00 s");
        assertThat(chart.bars().get(1).segments()).containsExactly(new Segment("other", 0, 6));
        assertThat(chart.bars().get(1).took()).isEqualTo("60.0 ms");
    }

    @Test
    void drawsAFetchThatBeganBeforeItsRun() {
        PastRun run = run(Duration.ofMillis(10), Map.of(Stage.FETCH, Duration.ofSeconds(3)), null);

        assertThat(RunChart.of(List.of(run), NOW).bars().get(0).segments())
                .containsExactly(new Segment("fetch", 0, 600));
        assertThat(RunChart.of(List.of(), NOW).bars()).isEmpty();
    }

    private static PastRun run(Duration took, Map<Stage, Duration> stages, @Nullable Instant waitingSince) {
        return new PastRun(
                NOW.minusSeconds(60),
                took,
                waitingSince,
                RunEnd.READY,
                "ok",
                null,
                null,
                stages,
                List.of(new StageTiming(Stage.FETCH, "sha256:a", Duration.ofSeconds(3))));
    }
}
