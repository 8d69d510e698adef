package dev.sluice.reconciler.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.controller.publish.Publication;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.meta.CommonMetadata;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublicationPlanTest {

    private static final Artifact ARTIFACT = Artifact.of("p", "u", "r");

    @Test
    void capturesOverrideCommonLabelsAndTheReservedLabelOverridesBoth() {
        Map<String, String> reserved = Map.of(Ownership.GENERATOR_LABEL, "evil", "app", "common", "team", "red");
        Publication publication = PublicationPlan.of(
                generator(new CommonMetadata(reserved, Map.of("note", "x"))),
                Samples.key("out"),
                Map.of("app", "captured"),
                ARTIFACT,
                ExportedInputs.NONE);

        assertThat(publication.labels())
                .isEqualTo(Map.of(Ownership.GENERATOR_LABEL, "uid-gen", "app", "captured", "team", "red"));
        assertThat(publication.annotations()).isEqualTo(Map.of("note", "x"));
    }

    @Test
    void setsTheGeneratorAsSourceAndOwner() {
        Publication publication =
                PublicationPlan.of(generator(null), Samples.key("out"), Map.of(), ARTIFACT, ExportedInputs.NONE);

        assertThat(publication.key()).isEqualTo(Samples.key("out"));
        assertThat(publication.sourceRef().apiVersion()).isEqualTo("source.extensions.fluxcd.io/v1beta1");
        assertThat(publication.sourceRef().kind()).isEqualTo("ArtifactGenerator");
        assertThat(publication.sourceRef().name()).isEqualTo("gen");
        assertThat(publication.sourceRef().namespace()).isEqualTo(Samples.NAMESPACE);
        assertThat(Objects.requireNonNull(publication.owner()).getUid()).isEqualTo("uid-gen");
        assertThat(publication.labels()).containsOnlyKeys(Ownership.GENERATOR_LABEL);
        assertThat(publication.annotations()).isEmpty();
    }

    @Test
    void hasNoOwnerReferenceInAnotherNamespace() {
        ObjectKey key = new ObjectKey("elsewhere", "out");
        Publication publication = PublicationPlan.of(generator(null), key, Map.of(), ARTIFACT, ExportedInputs.NONE);

        assertThat(publication.key()).isEqualTo(key);
        assertThat(publication.owner()).isNull();
        assertThat(publication.sourceRef().namespace()).isEqualTo(Samples.NAMESPACE);
        assertThat(publication.labels()).containsEntry(Ownership.GENERATOR_LABEL, "uid-gen");
    }

    private static ArtifactGenerator generator(@Nullable CommonMetadata common) {
        ArtifactGeneratorSpec plain = Samples.generator("gen", "out").spec();
        return Samples.generator("gen", new ArtifactGeneratorSpec(plain.sources(), plain.artifacts(), null, common));
    }
}
