package dev.sluice.reconciler.stage;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures stages: logs each at trace level and notifies a listener. Thread-safe if the listener is. */
public final class Stages {

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);
    private static final double MICROS_PER_MILLI = 1e3;

    private final Listener listener;

    /** Observes stages. Called by the thread of the stage. */
    public interface Listener {

        void ended(Stage stage, Object subject, Duration took);

        /** The run on this thread uses a source, which may have been fetched for it. */
        default void acquired(String digest) {}

        /** Notifies the other listener too. */
        default Listener and(Listener other) {
            Listener first = this;
            return new Listener() {
                @Override
                public void ended(Stage stage, Object subject, Duration took) {
                    first.ended(stage, subject, took);
                    other.ended(stage, subject, took);
                }

                @Override
                public void acquired(String digest) {
                    first.acquired(digest);
                    other.acquired(digest);
                }
            };
        }
    }

    /** @param listener is notified of the duration of each stage, failed ones included */
    public Stages(Listener listener) {
        this.listener = listener;
    }

    /** Without a listener. */
    public static Stages unobserved() {
        return new Stages((stage, subject, took) -> {});
    }

    /** Starts a stage; pass the result to {@link #end}. */
    public long begin() {
        return System.nanoTime();
    }

    /** Reports that a run uses a source. */
    public void acquired(String digest) {
        listener.acquired(digest);
    }

    /** Ends a stage, whether it succeeded or failed. */
    public void end(Stage stage, long begun, Object subject) {
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        LOG.atTrace()
                .addKeyValue("stage", stage.label())
                .addKeyValue("subject", subject)
                .addKeyValue("durationMs", TimeUnit.NANOSECONDS.toMicros(took.toNanos()) / MICROS_PER_MILLI)
                .log("stage ended");
        listener.ended(stage, subject, took);
    }
}
