package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.publish.StoredArtifact;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevisionsTest {

    private static final String ORIGIN = "org.opencontainers.image.revision";
    private static final ObservedSources OBSERVED = ObservedSources.of(Map.of(
            "app", new ObservedSource("sha256:aa", "main@sha1:2", "http://h/a", null),
            "oci", new ObservedSource("sha256:bb", "v2@sha256:bb", "http://h/b", "main@sha1:9")));
    private static final Artifact STORED =
            Artifact.of("externalartifact/apps/a/1.tar.gz", "http://s/1.tar.gz", "latest@sha256:1");

    @Test
    void usesTheContentRevision() {
        Artifact artifact = apply(null, null, stored(STORED), null);

        assertThat(artifact.revision()).isEqualTo("latest@sha256:1");
        assertThat(artifact.metadata()).isEmpty();
    }

    @Test
    void usesTheRevisionOfTheReferencedSource() {
        Artifact published = STORED.withRevision("main@sha1:1");

        assertThat(apply("@app", null, stored(STORED), published).revision()).isEqualTo("main@sha1:2");
    }

    @Test
    void keepsTheRevisionOfAFileThatIsTakenOver() {
        Artifact published = STORED.withRevision("latest@sha256:of-the-reference");

        assertThat(apply(null, null, new StoredArtifact(published, true), published)
                        .revision())
                .isEqualTo("latest@sha256:of-the-reference");
        assertThat(apply("@app", null, new StoredArtifact(published, true), published)
                        .revision())
                .isEqualTo("main@sha1:2");
    }

    @Test
    void usesTheSourcesOriginRevisionOrItsRevision() {
        assertThat(apply(null, "@oci", stored(STORED), null).metadata()).isEqualTo(Map.of(ORIGIN, "main@sha1:9"));
        assertThat(apply(null, "@app", stored(STORED), null).metadata()).isEqualTo(Map.of(ORIGIN, "main@sha1:2"));
    }

    @Test
    void ignoresAnUnknownOriginAlias() {
        assertThat(apply(null, "@nobody", stored(STORED), null).metadata()).isEmpty();
    }

    @Test
    void keepsTheOriginRevisionOfUnchangedContent() {
        Artifact published = STORED.withMetadata(Map.of(ORIGIN, "main@sha1:1"));

        assertThat(apply(null, "@app", stored(STORED), published).metadata()).isEqualTo(Map.of(ORIGIN, "main@sha1:1"));
    }

    @Test
    void updatesTheOriginRevisionWithContentOrRevision() {
        Artifact published = STORED.withMetadata(Map.of(ORIGIN, "main@sha1:1"));

        Artifact moved = STORED.withPath("externalartifact/apps/a/2.tar.gz").withRevision("latest@sha256:2");
        assertThat(apply(null, "@app", stored(moved), published).metadata()).isEqualTo(Map.of(ORIGIN, "main@sha1:2"));
        assertThat(apply("@app", "@app", stored(STORED), published).metadata())
                .isEqualTo(Map.of(ORIGIN, "main@sha1:2"));
    }

    @Test
    void removesAnOriginRevisionThatIsNoLongerConfigured() {
        Artifact published = STORED.withMetadata(Map.of(ORIGIN, "main@sha1:1"));

        assertThat(apply(null, null, new StoredArtifact(published, true), published)
                        .metadata())
                .isEmpty();
    }

    private static StoredArtifact stored(Artifact artifact) {
        return new StoredArtifact(artifact, false);
    }

    private static Artifact apply(
            @Nullable String revision,
            @Nullable String originRevision,
            StoredArtifact stored,
            @Nullable Artifact published) {
        OutputArtifact output = new OutputArtifact("a", revision, originRevision, List.of(Samples.copy()));
        return Revisions.of(output, OBSERVED).apply(stored, published);
    }
}
