package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.namespaces.NamespaceChange;
import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.reconciler.namespaces.PruneResult;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ExtensionsReasons;
import java.util.Map;
import java.util.stream.Collectors;

/** Emits the events about the namespaces of a run, with the reasons and messages of the reference. */
final class NamespaceEvents {

    private static final String READY = "Ready";

    private final GeneratorEvents events;
    private final ArtifactGenerator generator;

    private NamespaceEvents(GeneratorEvents events, ArtifactGenerator generator) {
        this.events = events;
        this.generator = generator;
    }

    static void emit(GeneratorEvents events, ArtifactGenerator generator, NamespaceResults results) {
        new NamespaceEvents(events, generator).emit(results);
    }

    private void emit(NamespaceResults results) {
        results.changes().forEach(this::changed);
        summary(results, NamespaceChange.Kind.ADOPTED, ExtensionsReasons.ADOPTED, "adopted %d unmanaged namespace(s)");
        summary(
                results,
                NamespaceChange.Kind.TAKEN_OVER,
                ExtensionsReasons.OWNERSHIP_CONFLICT,
                "ownership conflict detected for %d Namespace(s)");
        if (!results.announced().isEmpty()) {
            String list = results.announced().stream()
                    .map(entry -> "%s (%s)".formatted(entry.name(), entry.digest()))
                    .collect(Collectors.joining("\n"));
            events.normal(generator, READY, "namespaces reconciled: " + list, Map.of());
        }
        results.pruned().stream()
                .filter(pruned -> pruned.kind() == PruneResult.Kind.DELETED)
                .forEach(pruned ->
                        events.normal(generator, READY, "Namespace %s deleted".formatted(pruned.name()), Map.of()));
    }

    private void changed(NamespaceChange change) {
        switch (change.kind()) {
            case CREATED -> events.trace(generator, READY, "Namespace %s created".formatted(change.name()));
            case RECONCILED -> reconciled(change);
            case ADOPTED -> {
                events.warning(
                        change.object(),
                        ExtensionsReasons.ADOPTED,
                        "Namespace %s is not managed by any ArtifactGenerator and is being adopted by %s"
                                .formatted(change.name(), generator.key()));
                reconciled(change);
            }
            case TAKEN_OVER -> {
                events.warning(
                        change.object(),
                        ExtensionsReasons.OWNERSHIP_CONFLICT,
                        "Namespace %s is managed by ArtifactGenerator %s and is being taken over by %s"
                                .formatted(change.name(), change.former(), generator.key()));
                reconciled(change);
            }
            default -> {
                // nothing has changed
            }
        }
    }

    private void reconciled(NamespaceChange change) {
        events.trace(generator, READY, "Namespace %s reconciled".formatted(change.name()));
    }

    private void summary(NamespaceResults results, NamespaceChange.Kind kind, String reason, String message) {
        long count = results.changes().stream()
                .filter(change -> change.kind() == kind)
                .count();
        if (count > 0) {
            events.warning(generator, reason, message.formatted(count));
        }
    }
}
