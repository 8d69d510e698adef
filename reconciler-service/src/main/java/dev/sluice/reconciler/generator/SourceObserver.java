package dev.sluice.reconciler.generator;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.cluster.SourceReader;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.SourceReference;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the artifact of each source of a generator. Ignores the source's Ready condition. */
final class SourceObserver {

    private static final int MAX_URL = 4_096;
    private static final int MAX_TEXT = 1_024;

    private final SourceReader reader;
    private final Duration requeueDependency;

    SourceObserver(SourceReader reader, Duration requeueDependency) {
        this.reader = reader;
        this.requeueDependency = requeueDependency;
    }

    /**
     * Reads all sources of the generator.
     *
     * @throws ReconcileFailure for the first source that is missing or has no artifact
     */
    ObservedSources observe(ArtifactGenerator generator) throws ReconcileFailure, InterruptedException {
        Map<String, ObservedSource> observed = new HashMap<>();
        for (SourceReference reference : generator.spec().sources()) {
            observed.put(reference.alias(), observe(SourceKey.of(generator, reference)));
        }
        return ObservedSources.of(observed);
    }

    private ObservedSource observe(SourceKey key) throws ReconcileFailure, InterruptedException {
        SourceReader.State source;
        try {
            source = reader.read(key).orElse(null);
        } catch (IOException e) {
            Interruptions.rethrow(e);
            throw failure("unable to get source '%s': %s".formatted(key, ErrorText.describe(e)), e);
        }
        if (source == null) {
            throw failure("source '%s' not found".formatted(key), null);
        }
        Artifact artifact = source.artifact().orElse(null);
        if (artifact == null) {
            throw failure("source '%s' is not ready".formatted(key), null);
        }
        requireSane(key, "url", artifact.url(), MAX_URL);
        requireSane(key, "digest", artifact.digest(), MAX_TEXT);
        requireSane(key, "revision", artifact.revision(), MAX_TEXT);
        requireSane(key, "origin revision", artifact.originRevision().orElse(null), MAX_TEXT);
        return new ObservedSource(
                Objects.requireNonNullElse(artifact.digest(), ""),
                artifact.revision(),
                artifact.url(),
                artifact.originRevision().orElse(null));
    }

    /**
     * Rejects oversized values and control characters, because source statuses are copied into conditions, labels, logs
     * and other statuses.
     */
    private void requireSane(SourceKey key, String field, @Nullable String value, int maxLength)
            throws ReconcileFailure {
        if (value != null && value.length() > maxLength) {
            throw failure(
                    "source '%s' has an invalid artifact: its %s has %d characters, the limit is %d; correct the status"
                            .formatted(key, field, value.length(), maxLength),
                    null);
        }
        if (value != null && value.chars().anyMatch(Character::isISOControl)) {
            throw failure(
                    "source '%s' has an invalid artifact: its %s contains control characters; correct the status"
                            .formatted(key, field),
                    null);
        }
    }

    private ReconcileFailure failure(String problem, @Nullable Exception cause) {
        return new ReconcileFailure(
                GeneratorReasons.SOURCE_FETCH_FAILED, "get sources failed: " + problem, requeueDependency, cause);
    }
}
