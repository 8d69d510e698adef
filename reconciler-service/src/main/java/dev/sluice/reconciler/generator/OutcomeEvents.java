package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The events that an outcome gives rise to, with the reasons and messages of the reference. */
final class OutcomeEvents {

    private static final String READY = "Ready";
    private static final String REVISION = "source.extensions.fluxcd.io/revision";
    private static final String ORIGIN_REVISION = "source.extensions.fluxcd.io/originRevision";

    private final GeneratorEvents events;

    OutcomeEvents(GeneratorEvents events) {
        this.events = events;
    }

    void emit(ArtifactGenerator generator, Outcome outcome) {
        if (outcome instanceof Outcome.Ready ready) {
            published(generator, ready.changes());
            events.trace(
                    generator,
                    READY,
                    StatusPlanner.succeededMessage(ready.inventory().size()));
        } else if (outcome instanceof Outcome.Retry retry) {
            published(generator, retry.changes());
            events.warning(generator, retry.reason(), retry.message());
        } else if (outcome instanceof Outcome.Stalled stalled) {
            published(generator, stalled.changes());
            events.warning(generator, stalled.reason(), stalled.message());
        } else if (outcome instanceof Outcome.UpToDate upToDate) {
            events.trace(
                    generator, READY, "No drift detected, %d artifact(s) up to date".formatted(upToDate.artifacts()));
        } else if (outcome instanceof Outcome.Suspended) {
            events.trace(generator, GeneratorReasons.RECONCILIATION_DISABLED, GeneratorReasons.MESSAGE_DISABLED);
        }
    }

    private void published(ArtifactGenerator generator, Changes changes) {
        if (changes.isEmpty()) {
            return;
        }
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

    /** The revisions of everything that changed, each once; a notification shows them. */
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
