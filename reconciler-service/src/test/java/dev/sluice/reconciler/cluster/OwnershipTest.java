package dev.sluice.reconciler.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OwnershipTest {

    private static final ArtifactGenerator GENERATOR = Samples.generator("gen", "a");

    private final FakeCluster cluster = new FakeCluster().with(GENERATOR);
    private final Ownership ownership = new Ownership(cluster);

    @Test
    void anOwnObjectMayBeWritten() throws IOException {
        assertThat(ownership.objection(GENERATOR, Samples.externalArtifact("a", "gen")))
                .isEmpty();
    }

    @Test
    void aUidThatWasCopiedIntoAnotherNamespaceMakesNothingOurs() {
        ExternalArtifact lie = Samples.externalArtifact("a", "gen");
        lie.metadata().setNamespace("elsewhere");

        assertThat(Ownership.isOwn(GENERATOR, lie)).isFalse();
    }

    @Test
    void anotherLivingGeneratorsObjectIsLeftAloneAndTheOwnerNamed() throws IOException {
        cluster.with(Samples.generator("other", "a"));

        assertThat(ownership.objection(GENERATOR, Samples.externalArtifact("a", "other")))
                .get()
                .asString()
                .contains("ArtifactGenerator/other", "uid-other");
    }

    @Test
    void aGeneratorOfAnotherShardLivesToo() throws IOException {
        cluster.withGeneratorElsewhere("uid-other");

        assertThat(ownership.objection(GENERATOR, Samples.externalArtifact("a", "other")))
                .isPresent();
    }

    @Test
    void whatAGoneGeneratorLeftIsAdopted() throws IOException {
        assertThat(ownership.objection(GENERATOR, Samples.externalArtifact("a", "gone")))
                .isEmpty();
    }

    @Test
    void anObjectWithALabelButWithoutSourceReferenceIsLeftAlone() throws IOException {
        ExternalArtifact object = Samples.externalArtifact("a", "gone").withSpec(new ExternalArtifactSpec(null));

        assertThat(ownership.objection(GENERATOR, object)).isPresent();
    }

    @Test
    void anObjectThatNoGeneratorMadeIsLeftAlone() throws IOException {
        assertThat(ownership.objection(GENERATOR, Samples.externalArtifact("a", "")))
                .get()
                .asString()
                .contains("not made by an ArtifactGenerator");
    }

    @Test
    void anOwnObjectWhoseLabelWasRemovedIsStillOursByInventoryAndSourceReference() throws IOException {
        ExternalArtifact stripped = Samples.externalArtifact("a", "")
                .withSpec(Samples.externalArtifact("a", "gen").spec());

        assertThat(ownership.objection(Samples.withInventory(GENERATOR, Samples.entry("a")), stripped))
                .isEmpty();
        assertThat(ownership.objection(GENERATOR, stripped)).isPresent();
    }

    @Test
    void nothingIsDecidedWhileTheApiServerIsAway() {
        cluster.breakDown();

        assertThatIOException()
                .isThrownBy(() -> ownership.objection(GENERATOR, Samples.externalArtifact("a", "other")));
    }
}
