package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.FakeCluster;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.publish.ExternalArtifactStore;
import dev.sluice.reconciler.publish.ExternalArtifactStores;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TriggersTest {

    private static final ArtifactGenerator GENERATOR = Samples.generator("gen", "a");
    private static final Artifact ARTIFACT =
            Artifact.of("p", "http://h/1", "r1").withDigest("sha256:aa").withSize(1L);
    private static final ExternalArtifact SOURCE = Samples.externalArtifact("in", "");
    private static final ExternalArtifact OFFER = Samples.offering(SOURCE, ARTIFACT);

    private final FakeCluster cluster = new FakeCluster()
            .with(GENERATOR, Samples.generator("reader", Samples.spec(List.of(Samples.generated("in", "in")), "b")));
    private final RecentWrites<ExternalArtifact> recentWrites = new RecentWrites<>();
    private final List<ObjectKey> enqueued = new ArrayList<>();
    private final List<ObjectKey> gone = new ArrayList<>();
    private final Triggers triggers = new Triggers(
            cluster,
            ExternalArtifactStores.to(new FakeApi(), recentWrites),
            recentWrites,
            new ChangedSources(cluster::using, enqueued::add, Runnable::run),
            enqueued::add,
            gone::add);

    private record GeneratorChange(
            String name,
            @Nullable ArtifactGenerator before,
            @Nullable ArtifactGenerator after,
            boolean runs) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static ArtifactGenerator every(String interval) {
        return Samples.annotated(GENERATOR, Map.of("source.extensions.fluxcd.io/reconcileEvery", interval));
    }

    static Stream<GeneratorChange> generatorChanges() {
        ArtifactGenerator requested = Samples.annotated(GENERATOR, Map.of("reconcile.fluxcd.io/requestedAt", "1"));
        ArtifactGenerator paused =
                Samples.annotated(GENERATOR, Map.of("source.extensions.fluxcd.io/reconcile", "Disabled"));
        return Stream.of(
                new GeneratorChange("created", null, GENERATOR, true),
                new GeneratorChange("deleted", GENERATOR, null, false),
                new GeneratorChange("resynced", GENERATOR, GENERATOR, false),
                new GeneratorChange("status", GENERATOR, Samples.withInventory(GENERATOR, Samples.entry("a")), false),
                new GeneratorChange("spec", GENERATOR, ofGeneration(4), true),
                new GeneratorChange("deletion asked", GENERATOR, beingDeleted(), true),
                new GeneratorChange("run requested", GENERATOR, requested, true),
                new GeneratorChange("interval set", GENERATOR, every("10m"), true),
                new GeneratorChange("interval changed", every("10m"), every("5m"), true),
                new GeneratorChange("interval removed", every("10m"), GENERATOR, true),
                new GeneratorChange("interval spelled differently", every("60s"), every("1m"), false),
                new GeneratorChange("invalid interval", GENERATOR, every("often"), false),
                new GeneratorChange(
                        "run requested again",
                        requested,
                        Samples.annotated(GENERATOR, Map.of("reconcile.fluxcd.io/requestedAt", "2")),
                        true),
                new GeneratorChange("suspended", GENERATOR, paused, true),
                new GeneratorChange("resumed", paused, GENERATOR, true),
                new GeneratorChange(
                        "other annotation", GENERATOR, Samples.annotated(GENERATOR, Map.of("x", "y")), false));
    }

    @ParameterizedTest
    @MethodSource("generatorChanges")
    void enqueuesAChangedGenerator(GeneratorChange given) {
        triggers.generatorChanged(given.before(), given.after());

        assertThat(enqueued).isEqualTo(given.runs() ? List.of(Samples.key("gen")) : List.of());
        assertThat(gone).isEqualTo(given.after() == null ? List.of(Samples.key("gen")) : List.of());
    }

    private record SourceChange(
            String name,
            @Nullable ExternalArtifact before,
            @Nullable ExternalArtifact after,
            boolean runs) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<SourceChange> sourceChanges() {
        return Stream.of(
                new SourceChange("created with artifact", null, OFFER, true),
                new SourceChange("created without", null, SOURCE, false),
                new SourceChange("first artifact", SOURCE, OFFER, true),
                new SourceChange("resynced", OFFER, OFFER, false),
                new SourceChange("revision", OFFER, offering(ARTIFACT.withRevision("r2")), true),
                new SourceChange("digest", OFFER, offering(ARTIFACT.withDigest("sha256:bb")), true),
                new SourceChange("url", OFFER, offering(ARTIFACT.withUrl("http://h/2")), true),
                new SourceChange("time only", OFFER, offering(ARTIFACT.withLastUpdateTime(Instant.EPOCH)), false),
                new SourceChange("artifact removed", OFFER, SOURCE, false),
                new SourceChange("deleted", OFFER, null, true),
                new SourceChange("deleted without artifact", SOURCE, null, false));
    }

    @ParameterizedTest
    @MethodSource("sourceChanges")
    void enqueuesUsersOfAChangedSource(SourceChange given) {
        triggers.sourceChanged(given.before(), given.after());

        assertThat(enqueued).isEqualTo(given.runs() ? List.of(Samples.key("reader")) : List.of());
    }

    @Test
    void enqueuesTheGeneratorOfAnEditedObject() {
        ExternalArtifact own = Samples.atVersion(Samples.externalArtifact("a", "gen"), "10");
        recentWrites.record(own);

        triggers.generatedChanged(Samples.atVersion(own, "9"), own);
        assertThat(enqueued).as("own write").isEmpty();

        triggers.generatedChanged(own, Samples.atVersion(own, "11"));
        assertThat(enqueued).contains(Samples.key("gen"));
    }

    @Test
    void enqueuesTheGeneratorOfARemovedLabel() {
        triggers.generatedChanged(
                Samples.atVersion(Samples.externalArtifact("a", "gen"), "10"),
                Samples.atVersion(Samples.externalArtifact("a", ""), "11"));

        assertThat(enqueued).containsExactly(Samples.key("gen"));
    }

    @Test
    void ignoresLabelsOfObjectsInOtherNamespaces() {
        ExternalArtifact before = Samples.atVersion(Samples.externalArtifact("a", "gen"), "10");
        ExternalArtifact after = Samples.atVersion(before, "11");
        before.metadata().setNamespace("elsewhere");
        after.metadata().setNamespace("elsewhere");

        triggers.generatedChanged(before, after);
        triggers.generatedChanged(after, null);

        assertThat(enqueued).isEmpty();
    }

    @Test
    void enqueuesTheGeneratorThatListsAnObjectInAnotherNamespace() {
        cluster.with(Samples.withInventory(GENERATOR, Samples.entry("elsewhere", "a")));
        ExternalArtifact before = Samples.atVersion(Samples.externalArtifact("elsewhere", "a", "gen"), "10");

        triggers.generatedChanged(before, Samples.atVersion(before, "11"));
        triggers.generatedChanged(before, null);

        assertThat(enqueued).containsOnly(Samples.key("gen")).hasSizeGreaterThan(1);
    }

    /** The inventory follows at the end of the run. */
    @Test
    void enqueuesTheGeneratorOfWhatItsRunHasJustPublishedInAnotherNamespace() throws IOException {
        ArtifactGenerator crossing = Samples.crossing("gen", "elsewhere", "a");
        ExternalArtifact own = Samples.atVersion(Samples.externalArtifact("elsewhere", "a", "gen"), "10");
        FakeApi api = new FakeApi();
        api.answerWith(own);
        ExternalArtifactStore store = ExternalArtifactStores.to(api, recentWrites);
        store.publish(
                crossing,
                new PlannedArtifact(crossing.spec().artifacts().get(0), Map.of()),
                ARTIFACT,
                ExportedInputs.NONE,
                null);
        Triggers publishing = new Triggers(
                cluster,
                store,
                recentWrites,
                new ChangedSources(cluster::using, enqueued::add, Runnable::run),
                enqueued::add,
                gone::add);

        publishing.generatedChanged(own, null);

        assertThat(enqueued).containsExactly(Samples.key("gen"));
    }

    @Test
    void remembersWritesOfAnObjectThatBecomesReadableAgain() {
        ExternalArtifact own = Samples.atVersion(Samples.externalArtifact("a", "gen"), "10");
        triggers.generatedChanged(own, null);
        triggers.generatedChanged(null, Samples.atVersion(own, "12"));

        recentWrites.record(Samples.atVersion(own, "13"));

        assertThat(recentWrites.find(Samples.key("a"))).isPresent();
    }

    @Test
    void enqueuesTheGeneratorOfADeletedObjectAndForgetsIt() {
        ExternalArtifact own = Samples.atVersion(Samples.externalArtifact("a", "gen"), "10");
        recentWrites.record(own);

        triggers.generatedChanged(own, null);

        assertThat(enqueued).containsExactly(Samples.key("gen"));
        assertThat(recentWrites.find(Samples.key("a"))).isEmpty();
    }

    private static ExternalArtifact offering(Artifact artifact) {
        return Samples.offering(SOURCE, artifact);
    }

    private static ArtifactGenerator ofGeneration(long generation) {
        return GENERATOR.withMetadata(
                new V1ObjectMeta().namespace("apps").name("gen").generation(generation));
    }

    private static ArtifactGenerator beingDeleted() {
        return GENERATOR.withMetadata(new V1ObjectMeta()
                .namespace("apps")
                .name("gen")
                .generation(3L)
                .deletionTimestamp(OffsetDateTime.parse("2026-11-22T10:00:00Z")));
    }

    private record NamespaceChange(
            String name,
            @Nullable V1Namespace before,
            @Nullable V1Namespace after,
            boolean runs) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<NamespaceChange> namespaceChanges() {
        V1Namespace managed = namespace("1", true);
        return Stream.of(
                new NamespaceChange("created", null, managed, true),
                new NamespaceChange("resynced", managed, namespace("1", true), false),
                new NamespaceChange("label changed", managed, namespace("2", true), true),
                new NamespaceChange("managed no longer", managed, namespace("1", false), false),
                new NamespaceChange("taken from the controller", managed, namespace("2", false), true),
                new NamespaceChange("deleted", managed, null, true),
                new NamespaceChange("copied generator label", null, namespace("1", false), false),
                new NamespaceChange("edited copy", namespace("1", false), namespace("2", false), false));
    }

    /** With the label of the generator, written by the controller or by another client. */
    private static V1Namespace namespace(String value, boolean byController) {
        Map<String, Object> fields =
                Map.of("f:metadata", Map.of("f:labels", Map.of("f:" + Ownership.GENERATOR_LABEL, Map.of())));
        return new V1Namespace()
                .metadata(new V1ObjectMeta()
                        .name("tenant")
                        .labels(Map.of(Ownership.GENERATOR_LABEL, "uid-gen", "other", value))
                        .managedFields(List.of(new V1ManagedFieldsEntry()
                                .manager(byController ? "source-watcher" : "kubectl-label")
                                .operation("Apply")
                                .fieldsV1(fields))));
    }

    @ParameterizedTest
    @MethodSource("namespaceChanges")
    void enqueuesTheGeneratorOfAChangedNamespace(NamespaceChange given) {
        triggers.namespaceChanged(given.before(), given.after());

        assertThat(enqueued).isEqualTo(given.runs() ? List.of(Samples.key("gen")) : List.of());
    }
}
