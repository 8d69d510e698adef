package dev.sluice.controller.metrics;

import dev.sluice.controller.event.EventRecorder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** {@code sluice_events_dropped_total} by sink: events for which there was no room, or that a sink did not take. */
public final class EventMetrics {

    private EventMetrics() {}

    /** Registers the counters of a recorder, one for each of its sinks. */
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
