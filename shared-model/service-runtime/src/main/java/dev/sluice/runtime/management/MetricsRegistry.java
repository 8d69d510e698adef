package dev.sluice.runtime.management;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The registry from which the metrics page is generated. */
@AutoConfiguration(before = PrometheusMetricsExportAutoConfiguration.class)
class MetricsRegistry {

    @Bean
    PrometheusRegistry prometheusRegistry() {
        return new HistogramsWithoutMaxima();
    }
}
