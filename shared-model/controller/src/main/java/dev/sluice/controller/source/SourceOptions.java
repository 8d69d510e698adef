package dev.sluice.controller.source;

import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a controller reads from its objects, and how it works.
 *
 * @param interval time between two runs
 * @param target the ExternalArtifact of an object
 * @param suspended whether an object is left alone
 * @param backOff delays after failures
 */
record SourceOptions<T>(
        Function<? super T, Duration> interval,
        Function<? super T, ObjectKey> target,
        Predicate<? super T> suspended,
        BackOffOptions backOff) {}
