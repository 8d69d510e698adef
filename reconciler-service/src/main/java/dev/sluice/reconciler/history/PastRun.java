package dev.sluice.reconciler.history;

import dev.sluice.reconciler.stage.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that has ended.
 *
 * @param waitingSince when the first of the preceding runs that waited began; null if none did
 * @param why the reason why it built; null if it did not build
 * @param stages the total of each stage. Sources that were fetched for this run count, although the fetch may have begun
 *     before it
 * @param slowest the longest stages, longest first
 */
public record PastRun(
        Instant started,
        Duration took,
        @Nullable Instant waitingSince,
        RunEnd result,
        String message,
        @Nullable String why,
        @Nullable NextRun next,
        Map<Stage, Duration> stages,
        List<StageTiming> slowest) {

    public PastRun {
        stages = stages.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(stages));
        slowest = List.copyOf(slowest);
    }

    /** The time of all stages. */
    public Duration total() {
        return stages.values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether the next run replaces this one: a run that waited, or one of a series of runs without a change. */
    boolean isReplacedBy(PastRun next) {
        return result == RunEnd.WAITING || (result == RunEnd.UP_TO_DATE && next.result == result);
    }

    PastRun waitingSince(Instant since) {
        return new PastRun(started, took, since, result, message, why, next, stages, slowest);
    }
}
