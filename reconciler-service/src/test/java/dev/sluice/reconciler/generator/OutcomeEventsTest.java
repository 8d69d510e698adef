package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.common.KubernetesObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                new Case(
                        "no drift",
                        new Outcome.UpToDate(3, 0),
                        List.of("trace Ready No drift detected, 3 artifact(s) up to date")),
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
                        new Outcome.Deleted(removed("a", "b")),
                        List.of(
                                "trace Ready ExternalArtifact/apps/a deleted",
                                "trace Ready ExternalArtifact/apps/b deleted")),
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
            events.add("%s warning %s %s".formatted(ObjectKey.of(object.getMetadata()), reason, message));
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
