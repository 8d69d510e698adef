package dev.sluice.reconciler.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import io.kubernetes.client.openapi.models.V1Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DriftDetectorTest {

    private static final String SOURCES = "sha256:aa";

    /**
     * An object that has drifted in every way, with the first {@code mended} of them corrected, and the expected
     * reason.
     */
    private record Case(int mended, String reason) {}

    static Stream<Case> order() {
        return Stream.of(
                new Case(0, "NotReady"),
                new Case(1, "GenerationChanged"),
                new Case(2, "SourcesChanged"),
                new Case(3, "ArtifactsChanged"),
                new Case(4, "ArtifactMissing"),
                new Case(5, "ExternalArtifactsChanged"),
                new Case(6, "none"));
    }

    @ParameterizedTest
    @MethodSource("order")
    void reportsTheFirstReason(Case given) {
        int mended = given.mended();
        DriftDetector detector = detector(
                mended > 4 ? null : DriftReason.ARTIFACT_MISSING,
                mended > 5 ? null : DriftReason.EXTERNAL_ARTIFACTS_CHANGED);
        ArtifactGenerator generator = generator(
                mended > 0 ? "True" : "False",
                mended > 1 ? 3L : 2L,
                mended > 2 ? SOURCES : "sha256:old",
                mended > 3 ? 1 : 2);

        assertThat(detector.detect(generator, SOURCES).map(DriftReason::reason).orElse("none"))
                .isEqualTo(given.reason());
    }

    @Test
    void treatsANewObjectAsAChangedGeneration() {
        assertThat(detector(null, null).detect(Samples.generator("gen", "a"), SOURCES))
                .contains(DriftReason.GENERATION_CHANGED);
    }

    @Test
    void repeatsARunThatACrashInterrupted() {
        assertThat(detector(null, null).detect(generator("Unknown", 3L, SOURCES, 1), SOURCES))
                .contains(DriftReason.NOT_READY);
    }

    @Test
    void ignoresTheNumberOfArtifactsWithAPathPattern() {
        ArtifactGenerator plain = generator("True", 3L, SOURCES, 2);
        ArtifactGenerator templates = plain.withSpec(
                new ArtifactGeneratorSpec(plain.spec().sources(), plain.spec().artifacts(), "@app/{n}", null));

        assertThat(detector(null, null).detect(templates, SOURCES)).isEmpty();
    }

    @Test
    void dropsInventoryEntriesThatCannotBeTheGenerators() {
        ArtifactInventoryEntry own = Samples.entry("a");
        ArtifactInventoryEntry elsewhere =
                new ArtifactInventoryEntry(null, "a", "elsewhere", own.digest(), own.filename());
        ArtifactGenerator edited = Samples.withInventory(
                Samples.generator("gen", "a"),
                own,
                own,
                elsewhere,
                elsewhere,
                new ArtifactInventoryEntry(null, "a", "..", own.digest(), own.filename()),
                new ArtifactInventoryEntry(null, "a", "x/y", own.digest(), own.filename()),
                new ArtifactInventoryEntry(null, "", Samples.NAMESPACE, own.digest(), own.filename()),
                new ArtifactInventoryEntry("Namespace", "tenant", null, own.digest(), null),
                new ArtifactInventoryEntry("Namespace", "both", Samples.NAMESPACE, own.digest(), "1.tar.gz"),
                new ArtifactInventoryEntry(null, "nowhere", null, own.digest(), "1.tar.gz"),
                new ArtifactInventoryEntry(null, "..", Samples.NAMESPACE, own.digest(), own.filename()),
                new ArtifactInventoryEntry(null, "b/c", Samples.NAMESPACE, own.digest(), own.filename()),
                new ArtifactInventoryEntry(null, "b", Samples.NAMESPACE, own.digest(), "../1.tar.gz"));

        assertThat(edited.publishedArtifacts()).containsExactly(own, elsewhere);
    }

    /** Reading the files of an edited entry would be an attack on the other namespace. */
    @Test
    void checksFilesInOtherNamespacesOnlyIfTheObjectsAreTheGenerators() {
        ArtifactGenerator plain = generator("True", 3L, SOURCES, 1);
        ArtifactGenerator edited = plain.withStatus(new ArtifactGeneratorStatus(
                plain.conditions(),
                List.of(new ArtifactInventoryEntry(null, "a", "elsewhere", Samples.digest('a'), "1.tar.gz")),
                SOURCES,
                null));
        DriftDetector detector = new DriftDetector(
                inventory -> {
                    throw new AssertionError("a file was read");
                },
                (generator, inventory) -> Optional.of(DriftReason.EXTERNAL_ARTIFACTS_CHANGED),
                generator -> Optional.empty());

        assertThat(detector.detect(edited, SOURCES)).contains(DriftReason.EXTERNAL_ARTIFACTS_CHANGED);
    }

    private static DriftDetector detector(@Nullable DriftReason stored, @Nullable DriftReason published) {
        return new DriftDetector(
                inventory -> Optional.ofNullable(stored),
                (generator, inventory) -> Optional.ofNullable(published),
                generator -> Optional.empty());
    }

    private static ArtifactGenerator generator(String ready, long generation, String digest, int inventory) {
        V1Condition condition = new V1Condition().type("Ready").status(ready).observedGeneration(generation);
        List<ArtifactInventoryEntry> entries =
                Stream.of("a", "b").limit(inventory).map(Samples::entry).toList();
        return Samples.generator("gen", "a")
                .withStatus(new ArtifactGeneratorStatus(List.of(condition), entries, digest, null));
    }
}
