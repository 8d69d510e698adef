package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.namespaces.NamespaceChange;
import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.reconciler.namespaces.PruneResult;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.Annotations;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeEventsTest {

    private static final String REVISION = "source.extensions.fluxcd.io/revision";
    private static final String ORIGIN = "source.extensions.fluxcd.io/originRevision";

    private final Recorded recorded = new Recorded();
    private final OutcomeEvents events = new OutcomeEvents(recorded);

    private record Case(String name, Outcome outcome, List<String> events) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Changes changes = new Changes(List.of(change("a", "main@sha1:1"), change("b", null)));
        return Stream.of(
                new Case(
                        "changed artifacts",
                        new Outcome.Ready(List.of(Samples.entry("a"), Samples.entry("b")), "", changes),
                        List.of(
                                "trace Ready ExternalArtifact/apps/a reconciled with revision latest@a",
                                "trace Ready ExternalArtifact/apps/b reconciled with revision latest@b",
                                "normal Ready external artifacts reconciled: apps/a (sha256:a)\napps/b (sha256:b)",
                                "trace Ready reconciliation succeeded, generated 2 artifact(s)")),
                new Case(
                        "a handover",
                        new Outcome.Ready(List.of(Samples.entry("a")), "", handover("b")),
                        List.of(
                                "apps/b warning OwnershipConflict ExternalArtifact apps/b is owned by ArtifactGenerator"
                                        + " x/other and is being taken over by apps/gen",
                                "warning OwnershipConflict ownership conflict detected for 1 ExternalArtifact(s)",
                                "trace Ready reconciliation succeeded, generated 1 artifact(s)")),
                new Case(
                        "unchanged artifacts",
                        new Outcome.Ready(List.of(Samples.entry("a")), "", Changes.NONE),
                        List.of("trace Ready reconciliation succeeded, generated 1 artifact(s)")),
                new Case("no drift", new Outcome.UpToDate(3, 0), List.of()),
                new Case(
                        "namespaces",
                        new Outcome.Ready(List.of(), "", namespaces()),
                        List.of(
                                "trace Ready Namespace new created",
                                "trace Ready Namespace changed reconciled",
                                "/found warning Adopted Namespace found is not managed by any ArtifactGenerator and is"
                                        + " being adopted by apps/gen",
                                "trace Ready Namespace found reconciled",
                                "/taken warning OwnershipConflict Namespace taken is managed by ArtifactGenerator uid-2"
                                        + " and is being taken over by apps/gen",
                                "trace Ready Namespace taken reconciled",
                                "warning Adopted adopted 1 unmanaged namespace(s)",
                                "warning OwnershipConflict ownership conflict detected for 1 Namespace(s)",
                                "normal Ready namespaces reconciled: new (sha256:1)\nfound (sha256:2)",
                                "normal Ready Namespace old deleted",
                                "trace Ready reconciliation succeeded, generated 0 artifact(s)")),
                new Case(
                        "failed",
                        Outcome.Retry.of("BuildFailed", "a build failed: why", null),
                        List.of("warning BuildFailed a build failed: why")),
                new Case(
                        "partially failed",
                        new Outcome.Retry(
                                "BuildFailed",
                                Failures.of("b build failed"),
                                null,
                                List.of(),
                                new Changes(List.of(change("a", null)))),
                        List.of(
                                "trace Ready ExternalArtifact/apps/a reconciled with revision latest@a",
                                "normal Ready external artifacts reconciled: apps/a (sha256:a)",
                                "warning BuildFailed b build failed")),
                new Case(
                        "stalled",
                        new Outcome.Stalled("ValidationFailed", "duplicate"),
                        List.of("warning ValidationFailed duplicate")),
                new Case(
                        "suspended",
                        new Outcome.Suspended(false),
                        List.of("trace ReconciliationDisabled Reconciliation is disabled")),
                new Case("progressing", new Outcome.Progressing(), List.of()),
                new Case("deleted", new Outcome.Deleted(), List.of()),
                new Case(
                        "deleted with its objects",
                        new Outcome.Deleted(removed("a", "b"), List.of()),
                        List.of(
                                "trace Ready ExternalArtifact/apps/a deleted",
                                "trace Ready ExternalArtifact/apps/b deleted")),
                new Case(
                        "deleted without objects that stay",
                        new Outcome.Deleted(removed("a"), List.of("tenant-a/x removal failed: no", "in use")),
                        List.of(
                                "trace Ready ExternalArtifact/apps/a deleted",
                                "warning PruneFailed tenant-a/x removal failed: no\nin use")),
                new Case(
                        "removed artifacts",
                        new Outcome.Ready(List.of(), "", removed("a")),
                        List.of(
                                "trace Ready ExternalArtifact/apps/a deleted",
                                "trace Ready reconciliation succeeded, generated 0 artifact(s)")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void emitsEventsWithTheReferencesMessages(Case given) {
        events.emit(Samples.generator("gen", "a"), given.outcome());

        assertThat(recorded.events).isEqualTo(given.events());
    }

    /** Without a request, runs that find nothing changed write nothing. */
    @Test
    void tellsWhoRequestedARunThatNothingChanged() {
        ArtifactGenerator requested =
                Samples.annotated(Samples.generator("gen", "a"), Map.of(Annotations.RECONCILE_REQUESTED_AT, "now"));

        events.emit(requested, new Outcome.UpToDate(3, 2));
        events.emit(
                requested.withStatus(new ArtifactGeneratorStatus(List.of(), List.of(), null, "now")),
                new Outcome.UpToDate(3, 2));

        assertThat(recorded.events)
                .containsExactly(
                        "trace Ready No drift detected, 3 artifact(s) up to date and 2 namespace(s) up to date");
    }

    @Test
    void listsChangedRevisionsOnce() {
        Changes changes =
                new Changes(List.of(change("a", "main@sha1:1"), change("b", "main@sha1:1"), change("a", "v2")));

        events.emit(Samples.generator("gen", "a"), new Outcome.Ready(List.of(), "", changes));

        assertThat(recorded.metadata).containsExactly(Map.of(REVISION, "latest@a,latest@b", ORIGIN, "main@sha1:1,v2"));
    }

    private static Changes handover(String name) {
        return new Changes(
                List.of(),
                List.of(new ArtifactResult.Takeover(Samples.externalArtifact(name, "other"), "x/other")),
                List.of(),
                NamespaceResults.NONE);
    }

    private static Changes namespaces() {
        return new Changes(
                List.of(),
                List.of(),
                List.of(),
                new NamespaceResults(
                        List.of(),
                        List.of(),
                        List.of(
                                namespace(NamespaceChange.Kind.CREATED, "new", ""),
                                namespace(NamespaceChange.Kind.RECONCILED, "changed", ""),
                                namespace(NamespaceChange.Kind.UNCHANGED, "same", ""),
                                namespace(NamespaceChange.Kind.LEFT, "left", ""),
                                namespace(NamespaceChange.Kind.ADOPTED, "found", ""),
                                namespace(NamespaceChange.Kind.TAKEN_OVER, "taken", "uid-2")),
                        List.of(
                                ArtifactInventoryEntry.namespace("new", "sha256:1"),
                                ArtifactInventoryEntry.namespace("found", "sha256:2")),
                        List.of(
                                new PruneResult("old", PruneResult.Kind.DELETED, ""),
                                new PruneResult("older", PruneResult.Kind.RELEASED, ""),
                                new PruneResult("other", PruneResult.Kind.FORGOTTEN, "")),
                        Optional.empty()));
    }

    private static NamespaceChange namespace(NamespaceChange.Kind kind, String name, String former) {
        return new NamespaceChange(kind, new V1ObjectMeta().name(name), former);
    }

    private static Changes removed(String... names) {
        return new Changes(
                List.of(), List.of(), Stream.of(names).map(Samples::key).toList(), NamespaceResults.NONE);
    }

    private static Changes.Change change(String name, @Nullable String origin) {
        return new Changes.Change("apps", name, "sha256:" + name, "latest@" + name, origin);
    }

    private static final class Recorded implements GeneratorEvents {

        private final List<String> events = new ArrayList<>();
        private final List<Map<String, String>> metadata = new ArrayList<>();

        @Override
        public void warning(ArtifactGenerator generator, String reason, String message) {
            events.add("warning %s %s".formatted(reason, message));
        }

        @Override
        public void warning(KubernetesObject object, String reason, String message) {
            V1ObjectMeta metadata = object.getMetadata();
            String namespace = Objects.requireNonNullElse(metadata.getNamespace(), "");
            events.add("%s/%s warning %s %s".formatted(namespace, metadata.getName(), reason, message));
        }

        @Override
        public void normal(ArtifactGenerator generator, String reason, String message, Map<String, String> data) {
            events.add("normal %s %s".formatted(reason, message));
            metadata.add(data);
        }

        @Override
        public void trace(ArtifactGenerator generator, String reason, String message) {
            events.add("trace %s %s".formatted(reason, message));
        }
    }
}
