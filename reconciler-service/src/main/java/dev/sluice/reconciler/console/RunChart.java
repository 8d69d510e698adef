package dev.sluice.reconciler.console;

import dev.sluice.reconciler.history.PastRun;
import dev.sluice.reconciler.history.RunEnd;
import dev.sluice.reconciler.history.StageTiming;
import dev.sluice.reconciler.stage.Stage;
import dev.sluice.reconciler.text.EscapedText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The last runs of a generator as bars, one segment for each stage, all on the same scale. */
record RunChart(List<Bar> bars, List<String> legend) {

    /** The width of the longest bar. */
    private static final int WIDTH = 600;

    private static final int SLOWEST_SHOWN = 5;
    private static final int MAX_SUBJECT = 80;

    /**
     * A run.
     *
     * @param waited how long preceding runs waited; empty if they did not
     * @param stages the segments as text
     */
    record Bar(
            String started,
            String age,
            String result,
            String style,
            String took,
            String waited,
            String why,
            String message,
            List<Segment> segments,
            String stages,
            List<String> slowest) {}

    /**
     * A part of a bar, in units of which {@link #WIDTH} are the longest bar.
     *
     * @param style the name of the stage, or {@code other} for time outside of all stages
     */
    record Segment(String style, long x, long width) {}

    static RunChart of(List<PastRun> runs, Instant now) {
        long longest =
                runs.stream().mapToLong(run -> length(run).toNanos()).max().orElse(1);
        List<String> legend = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (runs.stream().anyMatch(run -> run.stages().containsKey(stage))) {
                legend.add(stage.label());
            }
        }
        return new RunChart(
                runs.stream().map(run -> bar(run, Math.max(1, longest), now)).toList(), legend);
    }

    /** A fetch that began before its run makes the stages longer than the run. */
    private static Duration length(PastRun run) {
        return run.total().compareTo(run.took()) > 0 ? run.total() : run.took();
    }

    private static Bar bar(PastRun run, long longest, Instant now) {
        Instant waitingSince = run.waitingSince();
        return new Bar(
                Units.iso(run.started()),
                Units.age(run.started(), now),
                result(run.result()),
                style(run.result()),
                Units.precise(run.took()),
                waitingSince == null ? "" : Units.precise(Duration.between(waitingSince, run.started())),
                Objects.requireNonNullElse(run.why(), ""),
                EscapedText.of(run.message()),
                segments(run, longest),
                stages(run),
                run.slowest().stream().limit(SLOWEST_SHOWN).map(RunChart::line).toList());
    }

    private static List<Segment> segments(PastRun run, long longest) {
        List<Segment> segments = new ArrayList<>();
        long x = 0;
        for (Map.Entry<Stage, Duration> stage : run.stages().entrySet()) {
            long width = stage.getValue().toNanos() * WIDTH / longest;
            segments.add(new Segment(stage.getKey().label(), x, Math.max(1, width)));
            x += width;
        }
        long end = length(run).toNanos() * WIDTH / longest;
        if (end > x) {
            segments.add(new Segment("other", x, end - x));
        }
        return segments;
    }

    private static String stages(PastRun run) {
        return String.join(
                ", ",
                run.stages().entrySet().stream()
                        .map(stage -> stage.getKey().label() + " " + Units.precise(stage.getValue()))
                        .toList());
    }

    private static String line(StageTiming timing) {
        return "%s %s: %s"
                .formatted(
                        timing.stage().label(),
                        Texts.shortened(timing.subject(), MAX_SUBJECT),
                        Units.precise(timing.took()));
    }

    private static String result(RunEnd end) {
        return end.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String style(RunEnd end) {
        return switch (end) {
            case READY, UP_TO_DATE -> State.READY.key();
            case FAILED, INTERRUPTED -> State.FAILING.key();
            case STALLED -> State.STALLED.key();
            case PROGRESSING, WAITING -> State.WAITING.key();
            case SUSPENDED -> State.SUSPENDED.key();
            case DELETED -> State.DELETING.key();
        };
    }
}
