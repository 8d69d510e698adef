package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.cluster.SourceReader;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.SourceReference;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceObserverTest {

    private static final Artifact ARTIFACT =
            Artifact.of("p", "http://h/1", "main@sha1:1").withDigest("sha256:aa");
    private static final SourceReference FAR = new SourceReference("far", "Bucket", "b", "infra");

    private final Map<String, SourceReader.State> sources = new HashMap<>();
    private final SourceObserver observer =
            new SourceObserver(key -> Optional.ofNullable(sources.get(key.toString())), Duration.ofSeconds(5));

    @Test
    void readsSourcesInOwnAndOtherNamespaces() throws Exception {
        offer("GitRepository/apps/app", ARTIFACT);
        offer(
                "Bucket/infra/b",
                ARTIFACT.withDigest(null).withMetadata(Map.of("org.opencontainers.image.revision", "v1")));

        ObservedSources observed = observer.observe(generator(Samples.git("app"), FAR));

        assertThat(observed.byAlias())
                .containsEntry("app", new ObservedSource("sha256:aa", "main@sha1:1", "http://h/1", null))
                .containsEntry("far", new ObservedSource("", "main@sha1:1", "http://h/1", "v1"));
    }

    @Test
    void reportsTheFirstMissingSource() {
        assertFailure("get sources failed: source 'GitRepository/apps/app' not found", Samples.git("app"), FAR);
    }

    @Test
    void reportsASourceWithoutArtifact() {
        sources.put("Bucket/infra/b", new SourceReader.State(Optional.empty()));

        assertFailure("get sources failed: source 'Bucket/infra/b' is not ready", FAR);
    }

    @Test
    void reportsASourceThatCannotBeRead() {
        SourceObserver away = new SourceObserver(
                key -> {
                    throw new IOException("the API server is unreachable");
                },
                Duration.ofSeconds(5));

        assertThatExceptionOfType(ReconcileFailure.class)
                .isThrownBy(() -> away.observe(generator(FAR)))
                .withMessage(
                        "get sources failed: unable to get source 'Bucket/infra/b': the API server is unreachable");
    }

    @Test
    void rejectsOversizedValues() {
        offer("Bucket/infra/b", Artifact.of("p", "http://h/" + "x".repeat(5_000), "main@sha1:1"));
        assertFailure(
                "get sources failed: source 'Bucket/infra/b' has an invalid artifact: its url has 5009 characters,"
                        + " the limit is 4096; correct the status",
                FAR);
        offer("Bucket/infra/b", Artifact.of("p", "http://h/1", "r".repeat(1_025)));
        assertFailure(
                "get sources failed: source 'Bucket/infra/b' has an invalid artifact: its revision has 1025"
                        + " characters, the limit is 1024; correct the status",
                FAR);
    }

    @Test
    void rejectsControlCharacters() {
        offer(
                "Bucket/infra/b",
                ARTIFACT.withMetadata(Map.of("org.opencontainers.image.revision", "v1\nlevel=error msg=lie")));
        assertFailure(
                "get sources failed: source 'Bucket/infra/b' has an invalid artifact: its origin revision contains"
                        + " control characters; correct the status",
                FAR);
    }

    private void assertFailure(String message, SourceReference... references) {
        assertThatExceptionOfType(ReconcileFailure.class)
                .isThrownBy(() -> observer.observe(generator(references)))
                .satisfies(e -> assertThat(e.toOutcome())
                        .isEqualTo(Outcome.Retry.of("SourceFetchFailed", message, Duration.ofSeconds(5))));
    }

    private void offer(String key, Artifact artifact) {
        sources.put(key, new SourceReader.State(Optional.of(artifact)));
    }

    private static ArtifactGenerator generator(SourceReference... sources) {
        return Samples.generator("gen", Samples.spec(List.of(sources), "a"));
    }
}
