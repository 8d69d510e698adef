package dev.sluice.reconciler.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.publish.ConfirmedVersions.Versions;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmedVersionsTest {

    private static final ArtifactGenerator GENERATOR = Samples.generator("gen", "a", "b");
    private static final ExternalArtifact A = Samples.externalArtifact("a", "gen");
    private static final ExternalArtifact B = Samples.externalArtifact("b", "gen");

    private final ConfirmedVersions confirmed = new ConfirmedVersions();

    @Test
    void containsOnlyTheVersionsThatWereAddedLast() {
        Versions first = versions("1", "2");
        assertThat(confirmed.contains(GENERATOR, first)).isFalse();

        confirmed.add(GENERATOR, first);
        assertThat(confirmed.contains(GENERATOR, versions("1", "2"))).isTrue();
        assertThat(confirmed.contains(GENERATOR, versions("1", "3")))
                .as("an edited object")
                .isFalse();
        assertThat(confirmed.contains(GENERATOR, versions("1")))
                .as("a deleted object")
                .isFalse();
        assertThat(confirmed.contains(Samples.generator("other"), first)).isFalse();

        confirmed.add(GENERATOR, versions("1", "3"));
        assertThat(confirmed.contains(GENERATOR, first)).isFalse();
    }

    @Test
    void distinguishesInventories() {
        confirmed.add(GENERATOR, versions("1", "2"));

        List<ArtifactInventoryEntry> other = List.of(Samples.entry("a"));
        Versions edited =
                Versions.of(GENERATOR, other, List.of(at(A, "1"), at(B, "2"))).orElseThrow();
        assertThat(confirmed.contains(GENERATOR, edited)).isFalse();
    }

    /** Entries of deleted generators stay for a while. */
    @Test
    void keepsTheSameAmountForAnyNumberOfArtifacts() {
        assertThat(versions("1").digest()).hasSameSizeAs(versions("1", "2").digest());
    }

    @Test
    void knowsNothingOfAnObjectWithoutVersion() {
        assertThat(Versions.of(GENERATOR, List.of(), List.of(A))).isEmpty();
    }

    private static Versions versions(String... ofObjects) {
        List<ArtifactInventoryEntry> inventory = List.of(Samples.entry("a"), Samples.entry("b"));
        List<ExternalArtifact> objects = ofObjects.length == 1
                ? List.of(at(A, ofObjects[0]))
                : List.of(at(A, ofObjects[0]), at(B, ofObjects[1]));
        return Versions.of(GENERATOR, inventory, objects).orElseThrow();
    }

    private static ExternalArtifact at(ExternalArtifact object, String version) {
        return Samples.atVersion(object, version);
    }
}
