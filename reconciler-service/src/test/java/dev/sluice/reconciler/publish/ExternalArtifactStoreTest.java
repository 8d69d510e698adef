package dev.sluice.reconciler.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExternalArtifactStoreTest {

    private static final Artifact FIRST = artifact("1", 'a');
    private static final Artifact SECOND = artifact("2", 'b');

    private final FakeApi api = new FakeApi();
    private final RecentWrites<ExternalArtifact> recentWrites = new RecentWrites<>();
    private final ExternalArtifactStore store = ExternalArtifactStores.to(api, recentWrites);

    @BeforeEach
    void publishTheFirst() throws IOException {
        api.answerWith(offering(FIRST, "5"));
        publish(FIRST, null);
    }

    @Test
    void returnsTheLastPublicationOfThisProcess() {
        assertThat(store.published(offering(FIRST, "5"))).isEqualTo(FIRST);
        assertThat(store.published(offering(SECOND, "4"))).isEqualTo(FIRST);
    }

    @Test
    void returnsALaterPublicationOfAnotherShard() {
        assertThat(store.published(offering(SECOND, "9"))).isEqualTo(SECOND);
    }

    @Test
    void ignoresAnArtifactThatSomebodyElseWrote() {
        ExternalArtifact edited = offering(SECOND, "9");
        edited.metadata()
                .setManagedFields(
                        List.of(new V1ManagedFieldsEntry().manager("kubectl").operation("Update")));

        assertThat(store.published(edited)).isEqualTo(FIRST);
    }

    @Test
    void ignoresTheRemovalOfAnArtifactByOthers() {
        Artifact withOrigin = FIRST.withMetadata(Map.of("org.opencontainers.image.revision", "main@sha1:1"));
        ExternalArtifact empty = Samples.atVersion(Samples.externalArtifact("a", "gen"), "9");

        assertThat(store.published(empty)).isEqualTo(FIRST);
        assertThat(store.published(offering(withOrigin, "9"))).isEqualTo(FIRST);
    }

    /** Otherwise a restore of etcd, after which versions are lower, would cause the same conflict repeatedly. */
    @Test
    void forgetsTheObjectAfterAConflict() {
        assertThat(recentWrites.find(Samples.key("a"))).isPresent();
        api.answer(409);

        assertThatExceptionOfType(ApiRequestException.class)
                .isThrownBy(() -> publish(SECOND, offering(FIRST, "5")))
                .satisfies(e -> assertThat(e.isConflict()).isTrue());

        assertThat(recentWrites.find(Samples.key("a"))).isEmpty();
    }

    private void publish(Artifact artifact, @Nullable ExternalArtifact current) throws IOException {
        store.publish(
                Samples.generator("gen", "a"),
                new PlannedArtifact(Samples.output("a"), Map.of()),
                artifact,
                ExportedInputs.NONE,
                current);
    }

    private static Artifact artifact(String name, char digest) {
        return Artifact.of("externalartifact/apps/a/" + name + ".tar.gz", "http://artifacts.test/" + name, "r" + name)
                .withDigest(Samples.digest(digest));
    }

    private static ExternalArtifact offering(Artifact artifact, String version) {
        return Samples.atVersion(Samples.offering(Samples.externalArtifact("a", "gen"), artifact), version);
    }
}
