package dev.sluice.controller.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Histogram buckets of controller-runtime and Flux, converted from seconds to nanosecond precision. */
final class Buckets {

    private Buckets() {}

    /** Wait and work times of a queue: 10 ns to 1000 s, in powers of ten. */
    static Duration[] ofQueues() {
        return durations(IntStream.range(0, 12).mapToDouble(i -> 1e-8 * Math.pow(10, i)));
    }

    /** Duration of a reconciler run, 5 ms to 60 s. */
    static Duration[] ofReconcilers() {
        return durations(DoubleStream.of(
                0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0,
                1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60));
    }

    /** Duration of the reconciliation of one object: ten exponential buckets from 10 ms to 30 min. */
    static Duration[] ofObjects() {
        double factor = Math.pow(1800 / 0.01, 1.0 / 9);
        return durations(IntStream.range(0, 10).mapToDouble(i -> 0.01 * Math.pow(factor, i)));
    }

    private static Duration[] durations(DoubleStream seconds) {
        return Arrays.stream(seconds.toArray())
                .mapToObj(second -> Duration.ofNanos(Math.round(second * 1e9)))
                .toArray(Duration[]::new);
    }
}
