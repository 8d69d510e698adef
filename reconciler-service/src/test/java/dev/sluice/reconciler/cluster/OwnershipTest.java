package dev.sluice.reconciler.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnershipTest {

    private static final ArtifactGenerator GENERATOR = Samples.generator("gen", "a");

    private final FakeCluster cluster = new FakeCluster().with(GENERATOR);
    private final Ownership ownership = new Ownership(cluster);

    private Optional<String> objection(ArtifactGenerator generator, ExternalArtifact object) throws IOException {
        return ownership.claim(generator, object).objection();
    }

    @Test
    void allowsAnOwnObject() throws IOException {
        assertThat(objection(GENERATOR, Samples.externalArtifact("a", "gen"))).isEmpty();
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

        assertThat(objection(GENERATOR, Samples.externalArtifact("a", "other")))
                .get()
                .asString()
                .contains("ArtifactGenerator/other", "uid-other");
    }

    @Test
    void rejectsAnObjectOfAnotherShardsGenerator() throws IOException {
        cluster.withGeneratorElsewhere("uid-other");

        assertThat(objection(GENERATOR, Samples.externalArtifact("a", "other"))).isPresent();
    }

    @Test
    void adoptsAnObjectOfADeletedGenerator() throws IOException {
        assertThat(objection(GENERATOR, Samples.externalArtifact("a", "gone"))).isEmpty();
    }

    @Test
    void rejectsALabelledObjectWithoutSourceReference() throws IOException {
        ExternalArtifact object = Samples.externalArtifact("a", "gone").withSpec(new ExternalArtifactSpec(null));

        assertThat(objection(GENERATOR, object)).isPresent();
    }

    @Test
    void rejectsAnObjectOfNoGenerator() throws IOException {
        assertThat(objection(GENERATOR, Samples.externalArtifact("a", "")))
                .get()
                .asString()
                .contains("not created by an ArtifactGenerator");
    }

    @Test
    void anEmptyLabelNamesNoGenerator() throws IOException {
        ExternalArtifact empty = Samples.externalArtifact("a", "");
        empty.metadata().setLabels(Map.of(Ownership.GENERATOR_LABEL, ""));

        assertThat(Ownership.isGenerated(empty)).isFalse();
        assertThat(objection(GENERATOR, empty)).get().asString().contains("not created by an ArtifactGenerator");
    }

    @Test
    void recognisesAnOwnObjectWhoseLabelWasRemoved() throws IOException {
        ExternalArtifact stripped = Samples.externalArtifact("a", "")
                .withSpec(Samples.externalArtifact("a", "gen").spec());

        assertThat(objection(Samples.withInventory(GENERATOR, Samples.entry("a")), stripped))
                .isEmpty();
        assertThat(objection(GENERATOR, stripped)).isPresent();
    }

    /** The owner of object "a" when another generator wants it. */
    private record Owner(String name, ArtifactGenerator generator, boolean handsOver) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Owner> owners() {
        ArtifactGenerator deleted = Samples.generator("other", "a");
        deleted.metadata().setDeletionTimestamp(OffsetDateTime.now(ZoneOffset.UTC));
        ArtifactGeneratorSpec pattern = new ArtifactGeneratorSpec(
                List.of(Samples.git("app")), List.of(Samples.output("{x}")), "@app/{x}", null);
        ArtifactGenerator rendered = Samples.generator("other", pattern);
        return Stream.of(
                new Owner("asks for it", Samples.generator("other", "a"), false),
                new Owner("is being deleted", deleted, true),
                new Owner("asks for another name", Samples.generator("other", "b"), true),
                new Owner("asks for it in another namespace", Samples.crossing("other", "elsewhere", "a"), true),
                new Owner("has not yet run its path pattern", rendered, false),
                new Owner("its path pattern renders it", ready(rendered, 3, "a"), false),
                new Owner("its path pattern no longer renders it", ready(rendered, 3, "b"), true),
                new Owner("its new path pattern has not run", ready(rendered, 2, "b"), false));
    }

    private static ArtifactGenerator ready(ArtifactGenerator generator, long observed, String published) {
        return generator.withStatus(new ArtifactGeneratorStatus(
                List.of(new V1Condition().type("Ready").status("True").observedGeneration(observed)),
                List.of(Samples.entry(published)),
                null,
                null));
    }

    @ParameterizedTest
    @MethodSource("owners")
    void aLivingOwnerHandsOverWhatItNoLongerNeeds(Owner owner) throws IOException {
        cluster.with(owner.generator());

        Claim claim = ownership.claim(GENERATOR, Samples.externalArtifact("a", "other"));

        assertThat(claim.objection().isEmpty()).isEqualTo(owner.handsOver());
        assertThat(claim.formerOwner()).isEqualTo(owner.handsOver() ? Optional.of("apps/other") : Optional.empty());
    }

    @Test
    void anOwnerInAnotherNamespaceIsFoundByTheSourceReference() throws IOException {
        ArtifactGenerator owner = Samples.crossing("other", "apps", "a");
        owner.metadata().namespace("tenant-b");
        cluster.with(owner);
        ExternalArtifact object = Samples.externalArtifact("a", "other");
        ExternalArtifact referring = object.withSpec(new ExternalArtifactSpec(
                new NamespacedObjectKindReference(null, "ArtifactGenerator", "other", "tenant-b")));

        assertThat(objection(GENERATOR, referring)).isPresent();
    }

    @Test
    void doesNotNameTheOwnerOfAnObjectInAnotherNamespace() throws IOException {
        ArtifactGenerator crossing = Samples.crossing("gen", "tenant-b", "a");
        cluster.with(Samples.crossing("other", "tenant-b", "a"));

        assertThat(objection(crossing, Samples.externalArtifact("tenant-b", "a", "other")))
                .contains("it belongs to another ArtifactGenerator; choose another artifact name");
        assertThat(objection(crossing, Samples.externalArtifact("tenant-b", "a", "")))
                .contains("it exists and was not created by an ArtifactGenerator; choose another artifact name");
    }

    @Test
    void anErrorDoesNotNameTheOwnerOfAnObjectInAnotherNamespace() {
        cluster.breakDown();

        assertThatIOException()
                .isThrownBy(() -> objection(
                        Samples.crossing("gen", "tenant-b", "a"), Samples.externalArtifact("tenant-b", "a", "other")))
                .withMessage("cannot read the generator that owns it");
    }

    @Test
    void ownsAnObjectInAnotherNamespaceOnlyIfItsInventoryHasIt() {
        ExternalArtifact object = Samples.externalArtifact("tenant-b", "a", "gen");

        assertThat(Ownership.isOwn(GENERATOR, object)).isFalse();
        assertThat(Ownership.isOwn(Samples.withInventory(GENERATOR, Samples.entry("a")), object))
                .isFalse();
        assertThat(Ownership.isOwn(Samples.withInventory(GENERATOR, Samples.entry("tenant-b", "a")), object))
                .isTrue();
        assertThat(Ownership.isOwn(
                        Samples.withInventory(GENERATOR, Samples.entry("tenant-b", "a")),
                        Samples.externalArtifact("tenant-b", "a", "other")))
                .isFalse();
    }

    @Test
    void recognisesItsObjectOfAnInterruptedRunInAnotherNamespace() throws IOException {
        ArtifactGenerator crossing = Samples.crossing("gen", "tenant-b", "a");

        assertThat(objection(crossing, Samples.externalArtifact("tenant-b", "a", "gen")))
                .isEmpty();
    }

    @Test
    void aLabelRemovedInAnotherNamespaceNeedsTheReferenceToThisGenerator() throws IOException {
        ArtifactGenerator crossing =
                Samples.withInventory(Samples.crossing("gen", "tenant-b", "a"), Samples.entry("tenant-b", "a"));
        ExternalArtifact stripped = Samples.externalArtifact("tenant-b", "a", "")
                .withSpec(Samples.externalArtifact("a", "gen").spec());
        ExternalArtifact namesake = stripped.withSpec(new ExternalArtifactSpec(
                new NamespacedObjectKindReference(null, "ArtifactGenerator", "gen", "tenant-b")));

        assertThat(objection(crossing, stripped)).isEmpty();
        assertThat(objection(crossing, namesake)).isPresent();
    }

    @Test
    void failsWhileTheApiServerIsUnreachable() {
        cluster.breakDown();

        assertThatIOException().isThrownBy(() -> objection(GENERATOR, Samples.externalArtifact("a", "other")));
    }
}
