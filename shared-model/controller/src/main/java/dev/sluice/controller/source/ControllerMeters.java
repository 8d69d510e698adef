package dev.sluice.controller.source;

import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.leader.Leadership;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.QueueStats;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.ApiClient;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Measures a source controller: see {@link dev.sluice.controller.metrics.MicrometerMeters}. An interface, so that a
 * controller without metrics needs no Micrometer.
 */
public interface ControllerMeters {

    /** Counts the requests of a client. */
    void measure(ApiClient client);

    /** Counts the changes of leadership. */
    Leadership measure(Leadership work, String lease);

    /** Measures the runs of each object. */
    Reconciler<ObjectKey> measure(Reconciler<ObjectKey> reconciler, ApiKind kind, Predicate<ObjectKey> exists);

    /** Returns a listener that measures the queue and the runs of a controller. */
    ControllerListener listener(ControllerOptions options);

    /** Reports the state of the queue of a listener's controller. */
    void watch(ControllerListener listener, Supplier<QueueStats> queue);

    /** Reports the state of informers and of events. Called once, after all informers have been added. */
    void watch(Informers informers, EventRecorder events);

    /** Returns the measurements in the Prometheus text format. */
    String scrape();
}
