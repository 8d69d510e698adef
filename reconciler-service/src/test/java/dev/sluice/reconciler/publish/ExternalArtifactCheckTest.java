package dev.sluice.reconciler.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that precede the comparison of fields; ReconcilerIT covers edited fields with a real API. */
class ExternalArtifactCheckTest {

    private static final ArtifactGenerator GENERATOR = Samples.generator("gen", "a");
    private static final List<ArtifactInventoryEntry> INVENTORY = List.of(Samples.entry("a"));
    private static final Artifact ARTIFACT = Artifact.of(
                    "externalartifact/apps/a/1.tar.gz", "http://artifacts.test/x", "latest")
            .withDigest(Samples.digest('a'));

    @TempDir
    Path temporary;

    private final FakeCluster cluster = new FakeCluster();
    private ExternalArtifactCheck check;

    @BeforeEach
    void start() throws IOException {
        check = new ExternalArtifactCheck(
                cluster,
                ExternalArtifactStores.to(new FakeApi(), new RecentWrites<>()),
                StorageFixture.in(temporary).storage());
    }

    @Test
    void anEmptyInventoryWithoutObjectsIsNoDrift() {
        assertThat(check.check(GENERATOR, List.of())).isEmpty();
    }

    @Test
    void aMissingObjectIsDrift() {
        assertDrift(check.check(GENERATOR, INVENTORY));
    }

    @Test
    void anObjectMissingFromTheInventoryIsDrift() {
        cluster.with(Samples.offering(Samples.externalArtifact("b", "gen"), ARTIFACT));

        assertDrift(check.check(GENERATOR, INVENTORY));
        assertDrift(check.check(GENERATOR, List.of()));
    }

    @Test
    void anObjectWithoutArtifactIsDrift() {
        cluster.with(Samples.externalArtifact("a", "gen"));

        assertDrift(check.check(GENERATOR, INVENTORY));
    }

    @Test
    void anObjectWithAnotherDigestIsDrift() {
        cluster.with(Samples.offering(Samples.externalArtifact("a", "gen"), ARTIFACT.withDigest(Samples.digest('b'))));

        assertDrift(check.check(GENERATOR, INVENTORY));
    }

    @Test
    void anObjectWhoseUrlPointsElsewhereIsDrift() {
        cluster.with(Samples.offering(Samples.externalArtifact("a", "gen"), ARTIFACT.withUrl("http://evil.test/x")));

        assertDrift(check.check(GENERATOR, INVENTORY));
    }

    @Test
    void aFailedListIsDrift() {
        cluster.forgetList();
        assertThat(check.check(GENERATOR, INVENTORY)).contains(DriftReason.EXTERNAL_ARTIFACTS_NOT_FOUND);
    }

    @Test
    void ignoresObjectsOfOtherGenerators() {
        cluster.with(Samples.offering(Samples.externalArtifact("b", "other"), ARTIFACT));

        assertThat(check.check(GENERATOR, List.of())).isEmpty();
    }

    @Test
    void anObjectInAnotherNamespaceIsDriftOnlyIfTheInventoryHasIt() {
        ExternalArtifact copied = Samples.offering(Samples.externalArtifact("elsewhere", "b", "gen"), ARTIFACT);
        ArtifactInventoryEntry entry = new ArtifactInventoryEntry("b", "elsewhere", Samples.digest('b'), "1.tar.gz");
        assertDrift(check.check(GENERATOR, List.of(entry)));

        cluster.with(copied);
        assertThat(check.check(GENERATOR, List.of())).as("a copied label").isEmpty();
        assertDrift(check.check(GENERATOR, List.of(entry)));
    }

    private static void assertDrift(Optional<DriftReason> found) {
        assertThat(found).contains(DriftReason.EXTERNAL_ARTIFACTS_CHANGED);
    }
}
