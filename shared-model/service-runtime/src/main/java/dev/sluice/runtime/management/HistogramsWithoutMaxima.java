package dev.sluice.runtime.management;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.registry.PrometheusScrapeRequest;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Omits the gauge {@code …_max} that Micrometer adds to each histogram and that cannot be disabled: Flux controllers do
 * not have it, and it would add a series per object.
 */
final class HistogramsWithoutMaxima extends PrometheusRegistry {

    private static final String MAXIMUM = "_max";

    @Override
    public MetricSnapshots scrape() {
        return without(super.scrape());
    }

    @Override
    public MetricSnapshots scrape(@Nullable PrometheusScrapeRequest request) {
        return without(super.scrape(request));
    }

    @Override
    public MetricSnapshots scrape(@Nullable Predicate<String> includedNames) {
        return without(super.scrape(includedNames));
    }

    @Override
    public MetricSnapshots scrape(
            @Nullable Predicate<String> includedNames, @Nullable PrometheusScrapeRequest request) {
        return without(super.scrape(includedNames, request));
    }

    private static MetricSnapshots without(MetricSnapshots all) {
        Set<String> maxima = all.stream()
                .filter(HistogramSnapshot.class::isInstance)
                .map(histogram -> histogram.getMetadata().getPrometheusName() + MAXIMUM)
                .collect(Collectors.toSet());
        return new MetricSnapshots(
                all.stream().filter(metric -> !isOneOf(maxima, metric)).toList());
    }

    private static boolean isOneOf(Set<String> maxima, MetricSnapshot metric) {
        return metric instanceof GaugeSnapshot
                && maxima.contains(metric.getMetadata().getPrometheusName());
    }
}
