package dev.sluice.reconciler.stage;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures stages: logs each at trace level and notifies a listener. Thread-safe if the listener is. */
public final class Stages {

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);
    private static final double MICROS_PER_MILLI = 1e3;

    private final BiConsumer<Stage, Duration> listener;

    /** @param listener is notified of the duration of each stage, failed ones included */
    public Stages(BiConsumer<Stage, Duration> listener) {
        this.listener = listener;
    }

    /** Without a listener. */
    public static Stages unobserved() {
        return new Stages((stage, took) -> {});
    }

    /** Starts a stage; pass the result to {@link #end}. */
    public long begin() {
        return System.nanoTime();
    }

    /** Ends a stage, whether it succeeded or failed. */
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
