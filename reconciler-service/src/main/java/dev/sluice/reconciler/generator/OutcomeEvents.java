package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.cluster.GeneratorAnnotations;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ExtensionsReasons;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Emits the events of an outcome, with the reasons and messages of the reference. */
final class OutcomeEvents {

    private static final String READY = "Ready";
    private static final String REVISION = "source.extensions.fluxcd.io/revision";
    private static final String ORIGIN_REVISION = "source.extensions.fluxcd.io/originRevision";

    private final GeneratorEvents events;

    OutcomeEvents(GeneratorEvents events) {
        this.events = events;
    }

    void emit(ArtifactGenerator generator, Outcome outcome) {
        outcome.match(new Emission(generator)).run();
    }

    /** The events for each outcome. */
    private final class Emission implements Outcome.Cases<Runnable> {

        private final ArtifactGenerator generator;

        Emission(ArtifactGenerator generator) {
            this.generator = generator;
        }

        @Override
        public Runnable ready(Outcome.Ready outcome) {
            return () -> {
                changed(generator, outcome.changes());
                events.trace(generator, READY, StatusPlanner.succeededMessage(outcome.inventory()));
            };
        }

        /** Only on request: otherwise a thousand unchanged generators would write a thousand events every hour. */
        @Override
        public Runnable upToDate(Outcome.UpToDate outcome) {
            return () -> {
                if (isRequested(generator)) {
                    events.trace(generator, READY, outcome.message());
                }
            };
        }

        @Override
        public Runnable progressing(Outcome.Progressing outcome) {
            return () -> {};
        }

        @Override
        public Runnable waiting(Outcome.Waiting outcome) {
            return () -> {};
        }

        @Override
        public Runnable retry(Outcome.Retry outcome) {
            return () -> {
                changed(generator, outcome.changes());
                events.warning(generator, outcome.reason(), outcome.message());
            };
        }

        @Override
        public Runnable stalled(Outcome.Stalled outcome) {
            return () -> {
                changed(generator, outcome.changes());
                events.warning(generator, outcome.reason(), outcome.message());
            };
        }

        @Override
        public Runnable suspended(Outcome.Suspended outcome) {
            return () -> events.trace(
                    generator, GeneratorReasons.RECONCILIATION_DISABLED, GeneratorReasons.MESSAGE_DISABLED);
        }

        @Override
        public Runnable deleted(Outcome.Deleted outcome) {
            return () -> {
                changed(generator, outcome.changes());
                if (!outcome.left().isEmpty()) {
                    events.warning(generator, GeneratorReasons.PRUNE_FAILED, new Failures(outcome.left()).text());
                }
            };
        }
    }

    private static boolean isRequested(ArtifactGenerator generator) {
        ArtifactGeneratorStatus status = generator.status();
        return GeneratorAnnotations.requestedAt(generator)
                .filter(request -> status == null || !status.hasHandled(request))
                .isPresent();
    }

    private void takenOver(ArtifactGenerator generator, List<ArtifactResult.Takeover> takeovers) {
        for (ArtifactResult.Takeover takeover : takeovers) {
            events.warning(
                    takeover.object(),
                    ExtensionsReasons.OWNERSHIP_CONFLICT,
                    "ExternalArtifact %s is owned by ArtifactGenerator %s and is being taken over by %s"
                            .formatted(takeover.object().key(), takeover.former(), generator.key()));
        }
        if (!takeovers.isEmpty()) {
            events.warning(
                    generator,
                    ExtensionsReasons.OWNERSHIP_CONFLICT,
                    "ownership conflict detected for %d ExternalArtifact(s)".formatted(takeovers.size()));
        }
    }

    private void changed(ArtifactGenerator generator, Changes changes) {
        NamespaceEvents.emit(events, generator, changes.namespaces());
        takenOver(generator, changes.takeovers());
        if (!changes.published().isEmpty()) {
            published(generator, changes);
        }
        changes.removed()
                .forEach(removed -> events.trace(generator, READY, "ExternalArtifact/%s deleted".formatted(removed)));
    }

    private void published(ArtifactGenerator generator, Changes changes) {
        for (Changes.Change change : changes.published()) {
            events.trace(
                    generator,
                    READY,
                    "ExternalArtifact/%s/%s reconciled with revision %s"
                            .formatted(change.namespace(), change.name(), change.revision()));
        }
        String list = changes.published().stream()
                .map(change -> "%s/%s (%s)".formatted(change.namespace(), change.name(), change.digest()))
                .collect(Collectors.joining("\n"));
        events.normal(generator, READY, "external artifacts reconciled: " + list, metadata(changes));
    }

    /** The distinct revisions of all changed artifacts, for notifications. */
    private static Map<String, String> metadata(Changes changes) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(
                REVISION,
                changes.published().stream()
                        .map(Changes.Change::revision)
                        .distinct()
                        .collect(Collectors.joining(",")));
        String origins = changes.published().stream()
                .map(Changes.Change::originRevision)
                .filter(origin -> origin != null && !origin.isEmpty())
                .distinct()
                .collect(Collectors.joining(","));
        if (!origins.isEmpty()) {
            metadata.put(ORIGIN_REVISION, origins);
        }
        return metadata;
    }
}
