/**
 * Micrometer meters with the names, labels and buckets of controller-runtime and Flux, so that their dashboards and
 * alerts work. Scraped through Micrometer's Prometheus registry, each histogram has a gauge {@code …_max} in addition;
 * our services leave those out.
 */
@NullMarked
package dev.sluice.controller.metrics;

import org.jspecify.annotations.NullMarked;
