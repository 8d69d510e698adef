package dev.sluice.controller.metrics;

import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.leader.Leadership;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.QueueStats;
import dev.sluice.controller.queue.Reconciler;
import dev.sluice.controller.source.ControllerMeters;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.ApiClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The metrics of Flux controllers in a registry of Micrometer: all of this package.
 *
 * @param text returns the measurements in the Prometheus text format, such as {@code PrometheusMeterRegistry::scrape}
 */
public record MicrometerMeters(MeterRegistry registry, Supplier<String> text) implements ControllerMeters {

    @Override
    public void measure(ApiClient client) {
        client.setHttpClient(client.getHttpClient()
                .newBuilder()
                .addInterceptor(new RestClientMetrics(registry))
                .build());
    }

    @Override
    public Leadership measure(Leadership work, String lease) {
        return new LeaderMetrics(work, registry, lease);
    }

    @Override
    public Reconciler<ObjectKey> measure(Reconciler<ObjectKey> reconciler, ApiKind kind, Predicate<ObjectKey> exists) {
        return new ReconcileDurations(reconciler, registry, kind.kind(), exists);
    }

    @Override
    public ControllerListener listener(ControllerOptions options) {
        return new ControllerMetrics(registry, options);
    }

    @Override
    public void watch(ControllerListener listener, Supplier<QueueStats> queue) {
        if (listener instanceof ControllerMetrics metrics) {
            metrics.watch(queue);
        }
    }

    @Override
    public void watch(Informers informers, EventRecorder events) {
        InformerMetrics.register(informers, registry);
        EventMetrics.register(events, registry);
    }

    @Override
    public String scrape() {
        return text.get();
    }
}
