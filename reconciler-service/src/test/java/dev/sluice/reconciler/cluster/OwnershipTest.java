package dev.sluice.reconciler.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnershipTest {

    private static final ArtifactGenerator GENERATOR = Samples.generator("gen", "a");

    private final FakeCluster cluster = new FakeCluster().with(GENERATOR);
    private final Ownership ownership = new Ownership(cluster);

    @Test
    void allowsAnOwnObject() throws IOException {
        assertThat(ownership.objection(GENERATOR, Samples.externalArtifact("a", "gen")))
                .isEmpty();
    }

    @Test
    void ignoresACopiedUidInAnotherNamespace() {
        ExternalArtifact lie = Samples.externalArtifact("a", "gen");
        lie.metadata().setNamespace("elsewhere");

        assertThat(Ownership.isOwn(GENERATOR, lie)).isFalse();
    }

    @Test
    void claimsOnlyObjectsInItsInventory() {
        ArtifactGenerator generator = Samples.withInventory(GENERATOR, Samples.entry("a"));
        ExternalArtifact listed = offering("a", Samples.digest('a'));

        assertThat(Ownership.isClaimed(generator, listed)).isTrue();
        assertThat(Ownership.isClaimed(generator, offering("a", Samples.digest('b'))))
                .as("another digest")
                .isFalse();
        assertThat(Ownership.isClaimed(generator, offering("b", Samples.digest('a'))))
                .as("another name")
                .isFalse();
        assertThat(Ownership.isClaimed(GENERATOR, listed)).as("no inventory").isFalse();
    }

    @Test
    void doesNotClaimWhileDeletedOrSuspended() {
        ArtifactGenerator generator = Samples.withInventory(GENERATOR, Samples.entry("a"));
        ExternalArtifact deleted = offering("a", Samples.digest('a'));
        deleted.metadata().setDeletionTimestamp(OffsetDateTime.now(ZoneOffset.UTC));
        ArtifactGenerator suspended = Samples.withInventory(
                Samples.annotated(GENERATOR, Map.of(GeneratorAnnotations.RECONCILE, "disabled")), Samples.entry("a"));

        assertThat(Ownership.isClaimed(generator, deleted)).isFalse();
        assertThat(Ownership.isClaimed(suspended, offering("a", Samples.digest('a'))))
                .isFalse();
    }

    private static ExternalArtifact offering(String name, String digest) {
        return Samples.offering(
                Samples.externalArtifact(name, "gen"),
                Artifact.of("externalartifact/apps/" + name + "/1.tar.gz", "http://a/1.tar.gz", "1")
                        .withDigest(digest));
    }

    @Test
    void rejectsAnObjectOfAnotherGeneratorAndNamesTheOwner() throws IOException {
        cluster.with(Samples.generator("other", "a"));

        assertThat(ownership.objection(GENERATOR, Samples.externalArtifact("a", "other")))
                .get()
                .asString()
                .contains("ArtifactGenerator/other", "uid-other");
    }

    @Test
    void rejectsAnObjectOfAnotherShardsGenerator() throws IOException {
        cluster.withGeneratorElsewhere("uid-other");

        assertThat(ownership.objection(GENERATOR, Samples.externalArtifact("a", "other")))
                .isPresent();
    }

    @Test
    void adoptsAnObjectOfADeletedGenerator() throws IOException {
        assertThat(ownership.objection(GENERATOR, Samples.externalArtifact("a", "gone")))
                .isEmpty();
    }

    @Test
    void rejectsALabelledObjectWithoutSourceReference() throws IOException {
        ExternalArtifact object = Samples.externalArtifact("a", "gone").withSpec(new ExternalArtifactSpec(null));

        assertThat(ownership.objection(GENERATOR, object)).isPresent();
    }

    @Test
    void rejectsAnObjectOfNoGenerator() throws IOException {
        assertThat(ownership.objection(GENERATOR, Samples.externalArtifact("a", "")))
                .get()
                .asString()
                .contains("not created by an ArtifactGenerator");
    }

    @Test
    void recognisesAnOwnObjectWhoseLabelWasRemoved() throws IOException {
        ExternalArtifact stripped = Samples.externalArtifact("a", "")
                .withSpec(Samples.externalArtifact("a", "gen").spec());

        assertThat(ownership.objection(Samples.withInventory(GENERATOR, Samples.entry("a")), stripped))
                .isEmpty();
        assertThat(ownership.objection(GENERATOR, stripped)).isPresent();
    }

    @Test
    void failsWhileTheApiServerIsUnreachable() {
        cluster.breakDown();

        assertThatIOException()
                .isThrownBy(() -> ownership.objection(GENERATOR, Samples.externalArtifact("a", "other")));
    }
}
