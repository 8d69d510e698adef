package dev.sluice.reconciler.cluster;

import dev.sluice.artifact.config.GoDuration;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ExtensionsAnnotations;
import dev.sluice.toolkit.meta.Annotations;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Annotations with which users control a generator. */
public final class GeneratorAnnotations {

    public static final String RECONCILE = ExtensionsAnnotations.RECONCILE;

    /** The shortest interval between two runs. */
    public static final Duration MIN_INTERVAL = Duration.ofSeconds(10);

    private static final Duration DEFAULT_INTERVAL = Duration.ofHours(1);

    /**
     * {@code leave} ends the deletion of a generator although its service account may not delete some of its objects; they
     * stay.
     */
    public static final String ON_DENIED_DELETION = "source.extensions.fluxcd.io/onDeniedDeletion";

    private static final String LEAVE = "leave";

    private GeneratorAnnotations() {}

    /** Whether the generator is suspended. */
    public static boolean isDisabled(ArtifactGenerator generator) {
        return value(generator.metadata(), RECONCILE)
                .filter(ExtensionsAnnotations.DISABLED::equalsIgnoreCase)
                .isPresent();
    }

    /** The interval between two runs: that of the annotation, at least ten seconds, or one hour. */
    public static Duration interval(ArtifactGenerator generator) {
        Duration requested = reconcileEvery(generator).orElse(DEFAULT_INTERVAL);
        return requested.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : requested;
    }

    /** The positive duration in the annotation; any other value is ignored. */
    public static Optional<Duration> reconcileEvery(ArtifactGenerator generator) {
        return value(generator.metadata(), ExtensionsAnnotations.RECONCILE_EVERY)
                .flatMap(GeneratorAnnotations::duration)
                .filter(interval -> !interval.isNegative() && !interval.isZero());
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(GoDuration.parse(text));
        } catch (IllegalArgumentException notADuration) {
            return Optional.empty();
        }
    }

    /** Whether the deletion of the generator leaves the objects that its service account may not delete. */
    public static boolean leavesDeniedObjects(ArtifactGenerator generator) {
        return value(generator.metadata(), ON_DENIED_DELETION)
                .filter(LEAVE::equalsIgnoreCase)
                .isPresent();
    }

    /** The value of the last reconcile request; any text is valid. */
    public static Optional<String> requestedAt(ArtifactGenerator generator) {
        return value(generator.metadata(), Annotations.RECONCILE_REQUESTED_AT);
    }

    private static Optional<String> value(V1ObjectMeta metadata, String annotation) {
        Map<String, String> annotations = metadata.getAnnotations();
        return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(annotation));
    }
}
