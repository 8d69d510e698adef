package dev.sluice.reconciler.generator;

import dev.sluice.artifact.config.GoDuration;
import dev.sluice.reconciler.namespaces.NamespaceChange;
import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the outcome. The worker loop logs stalled objects and failures with back-off. */
final class OutcomeLog implements Outcome.Cases<Runnable> {

    private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);

    private final ArtifactGenerator generator;

    private OutcomeLog(ArtifactGenerator generator) {
        this.generator = generator;
    }

    static void write(ArtifactGenerator generator, Outcome outcome) {
        logTakeovers(outcome.changes().takeovers());
        namesOf(outcome.changes().namespaces(), NamespaceChange.Kind.ADOPTED)
                .ifPresent(names -> LOG.atError()
                        .addKeyValue("namespaces", names)
                        .log("adopting namespaces not managed by any ArtifactGenerator"));
        namesOf(outcome.changes().namespaces(), NamespaceChange.Kind.TAKEN_OVER)
                .ifPresent(names -> LOG.atError()
                        .addKeyValue("namespaces", names)
                        .log("taking over namespaces from other ArtifactGenerators"));
        outcome.match(new OutcomeLog(generator)).run();
    }

    private static Optional<List<String>> namesOf(NamespaceResults results, NamespaceChange.Kind kind) {
        List<String> names = results.changes().stream()
                .filter(change -> change.kind() == kind)
                .map(NamespaceChange::name)
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private static void logTakeovers(List<ArtifactResult.Takeover> takeovers) {
        if (!takeovers.isEmpty()) {
            LOG.atError()
                    .addKeyValue(
                            "artifacts",
                            takeovers.stream()
                                    .map(takeover -> "%s from %s"
                                            .formatted(takeover.object().key(), takeover.former()))
                                    .toList())
                    .log("taking over ExternalArtifacts from other ArtifactGenerators");
        }
    }

    @Override
    public Runnable ready(Outcome.Ready outcome) {
        return () -> LOG.info(StatusPlanner.succeededMessage(outcome.inventory()));
    }

    @Override
    public Runnable upToDate(Outcome.UpToDate outcome) {
        return () -> LOG.debug(outcome.message());
    }

    @Override
    public Runnable progressing(Outcome.Progressing outcome) {
        return () -> {};
    }

    @Override
    public Runnable waiting(Outcome.Waiting outcome) {
        return () -> LOG.atDebug()
                .addKeyValue("reason", outcome.reason())
                .addKeyValue("afterMs", outcome.after().toMillis())
                .log("Reconciliation waits");
    }

    @Override
    public Runnable retry(Outcome.Retry outcome) {
        return () -> {
            logAll(outcome);
            if (outcome.after() != null) {
                LOG.atError().addKeyValue("reason", outcome.reason()).log("{}, retrying", outcome.message());
            }
        };
    }

    /** Logs all failures if the status omits some. */
    private static void logAll(Outcome.Retry outcome) {
        if (outcome.failures().isShortened()) {
            for (String failure : outcome.failures().messages()) {
                LOG.atError().addKeyValue("reason", outcome.reason()).log(failure);
            }
        }
    }

    @Override
    public Runnable stalled(Outcome.Stalled outcome) {
        return () -> {
            if (outcome.recheck() != null) {
                LOG.atError()
                        .addKeyValue("reason", outcome.reason())
                        .addKeyValue("checkedAgainAfter", GoDuration.format(outcome.recheck()))
                        .log(outcome.message());
            }
        };
    }

    @Override
    public Runnable suspended(Outcome.Suspended outcome) {
        return () -> LOG.info(GeneratorReasons.MESSAGE_DISABLED);
    }

    @Override
    public Runnable deleted(Outcome.Deleted outcome) {
        return () -> {
            if (GeneratorFinalizer.isMissing(generator)) {
                return;
            }
            if (outcome.left().isEmpty()) {
                LOG.info("Removed finalizer: all generated objects are gone");
            } else {
                LOG.atWarn().addKeyValue("left", outcome.left()).log("Removed finalizer: some generated objects stay");
            }
        };
    }
}
