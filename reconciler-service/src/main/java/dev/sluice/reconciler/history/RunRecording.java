package dev.sluice.reconciler.history;

import dev.sluice.reconciler.stage.Stage;
import dev.sluice.reconciler.text.ShortText;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A run in progress. For the thread of the run. */
final class RunRecording {

    private static final int SLOWEST = 20;
    private static final int MAX_TEXT = 500;
    private static final Comparator<StageTiming> BY_DURATION = Comparator.comparing(StageTiming::took);

    private final ObjectKey generator;
    private final Instant started;
    private final Map<Stage, Duration> stages = new EnumMap<>(Stage.class);
    private final PriorityQueue<StageTiming> slowest = new PriorityQueue<>(BY_DURATION);
    private @Nullable String why;

    RunRecording(ObjectKey generator, Instant started) {
        this.generator = generator;
        this.started = started;
    }

    ObjectKey generator() {
        return generator;
    }

    void builds(String reason) {
        why = ShortText.of(reason, MAX_TEXT);
    }

    void add(StageTiming timing) {
        stages.merge(timing.stage(), timing.took(), Duration::plus);
        slowest.add(new StageTiming(timing.stage(), ShortText.of(timing.subject(), MAX_TEXT), timing.took()));
        if (slowest.size() > SLOWEST) {
            slowest.poll();
        }
    }

    PastRun end(Instant now, RunEnd result, String message, @Nullable NextRun next) {
        List<StageTiming> sorted = new ArrayList<>(slowest);
        sorted.sort(BY_DURATION.reversed());
        return new PastRun(
                started,
                Duration.between(started, now),
                null,
                result,
                ShortText.of(message, MAX_TEXT),
                why,
                next,
                stages,
                sorted);
    }
}
