/**
 * Micrometer meters with the names, labels and buckets of controller-runtime and Flux, so that their dashboards and
 * alerts work. Micrometer's Prometheus registry adds a gauge {@code …_max} to each histogram; our services leave it
 * out.
 */
@NullMarked
package dev.sluice.controller.metrics;

import org.jspecify.annotations.NullMarked;
