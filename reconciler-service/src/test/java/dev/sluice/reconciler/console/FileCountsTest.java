package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests that the files of an archive are counted once, in the background, and that a failure shows no number. */
class FileCountsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void countsEachArchiveOnceInTheBackground() {
        try (FileCounts counts = new FileCounts((artifact, archive) -> calls.incrementAndGet() + 6)) {
            assertThat(counts.of(artifact("part"))).isEmpty();
            await().atMost(LIMIT).until(() -> counts.version() == 1);

            assertThat(counts.of(artifact("part"))).isEqualTo("7");
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void showsNoNumberIfAnArchiveCannotBeCounted() {
        try (FileCounts counts = new FileCounts((artifact, archive) -> {
            calls.incrementAndGet();
            throw new IOException("too large");
        })) {
            assertThat(counts.of(artifact("part"))).isEmpty();
            await().atMost(LIMIT).until(() -> counts.version() == 1);

            assertThat(counts.of(artifact("part"))).isEmpty();
            assertThat(calls).hasValue(1);
            assertThat(counts.of(Samples.externalArtifact("unpublished", "gen")))
                    .isEmpty();
        }
    }

    private static ExternalArtifact artifact(String name) {
        return Samples.offering(
                Samples.externalArtifact(name, "gen"),
                Artifact.of("externalartifact/apps/%s/1.tar.gz".formatted(name), "http://x/", "main"));
    }
}
