package dev.sluice.reconciler.stage;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures stages: a line each at trace, and a listener for metrics. Thread-safe where its listener is. */
public final class Stages {

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);
    private static final double MICROS_PER_MILLI = 1e3;

    private final BiConsumer<Stage, Duration> listener;

    /** Tells this listener how long a stage took, failed ones too. */
    public Stages(BiConsumer<Stage, Duration> listener) {
        this.listener = listener;
    }

    /** Tells nobody. */
    public static Stages unobserved() {
        return new Stages((stage, took) -> {});
    }

    /** A stage begins; hand what is returned to {@link #end}. */
    public long begin() {
        return System.nanoTime();
    }

    /** A stage ends, however it went. */
    public void end(Stage stage, long begun, Object subject) {
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        LOG.atTrace()
                .addKeyValue("stage", stage.label())
                .addKeyValue("subject", subject)
                .addKeyValue("durationMs", TimeUnit.NANOSECONDS.toMicros(took.toNanos()) / MICROS_PER_MILLI)
                .log("stage ended");
        listener.accept(stage, took);
    }
}
