package dev.sluice.controller.metrics;

import dev.sluice.controller.event.EventRecorder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** The metric {@code sluice_events_dropped_total} by sink: events that were dropped or that a sink refused. */
public final class EventMetrics {

    private EventMetrics() {}

    /** Registers one counter for each sink of the recorder. */
    public static void register(EventRecorder recorder, MeterRegistry registry) {
        for (String sink : recorder.droppedBySink().keySet()) {
            FunctionCounter.builder("sluice.events.dropped", recorder, events -> dropped(events, sink))
                    .description("Events that were not delivered")
                    .tags("sink", sink)
                    .register(registry);
        }
    }

    private static double dropped(EventRecorder recorder, String sink) {
        return recorder.droppedBySink().getOrDefault(sink, 0L);
    }
}
