package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.namespaces.ManagedNamespaceStep;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.Annotations;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import io.kubernetes.client.openapi.models.V1Condition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Computes the next status from the current status and the outcome of a run. Stateless except for the clock. */
final class StatusPlanner {

    private static final List<String> CONDITION_ORDER =
            List.of(ConditionTypes.STALLED, ConditionTypes.RECONCILING, ConditionTypes.READY);

    /** Longer than any digest of this controller. */
    private static final int MAX_DIGEST_LENGTH = 200;

    private static final String MASS_DELETION = "MassDeletion";

    private final Clock clock;

    StatusPlanner(Clock clock) {
        this.clock = clock;
    }

    /** The status while a run builds. */
    ArtifactGeneratorStatus progressing(ArtifactGenerator generator) {
        return waiting(generator, GeneratorReasons.MESSAGE_IN_PROGRESS);
    }

    /** The status while a run waits, with the reason in the message. */
    ArtifactGeneratorStatus waiting(ArtifactGenerator generator, String message) {
        Draft draft = new Draft(generator);
        draft.markProgressing(message);
        return draft.build();
    }

    /** The status before a run touches namespaces: with those that it adds, and why it deletes none. */
    ArtifactGeneratorStatus planned(
            ArtifactGenerator generator, List<ArtifactInventoryEntry> added, Optional<String> objection) {
        Draft draft = new Draft(generator);
        objection.ifPresent(
                message -> draft.set(ManagedNamespaceStep.PRUNE_BLOCKED, Conditions.TRUE, MASS_DELETION, message));
        ArtifactGeneratorStatus status = draft.build();
        List<ArtifactInventoryEntry> inventory = new ArrayList<>(status.inventory());
        inventory.addAll(added);
        return new ArtifactGeneratorStatus(
                status.conditions(), inventory, status.observedSourcesDigest(), status.lastHandledReconcileAt());
    }

    /** Whether the status already says that a run of this generation is in progress. */
    static boolean isProgressing(ArtifactGenerator generator) {
        return Conditions.isUnknown(generator.conditions(), ConditionTypes.READY)
                && Stream.of(ConditionTypes.READY, ConditionTypes.RECONCILING)
                        .map(type -> Conditions.find(generator.conditions(), type))
                        .allMatch(condition -> condition
                                .filter(found -> GeneratorReasons.PROGRESSING.equals(found.getReason()))
                                .filter(found -> Objects.equals(
                                        found.getObservedGeneration(),
                                        generator.metadata().getGeneration()))
                                .isPresent())
                && Conditions.find(generator.conditions(), ConditionTypes.STALLED)
                        .isEmpty();
    }

    /** The status after a run. */
    ArtifactGeneratorStatus after(ArtifactGenerator generator, Outcome outcome) {
        Draft draft = new Draft(generator);
        draft.echoReconcileRequest();
        return outcome.match(draft);
    }

    /** The status after a run without conditions of other controllers, for an object that is too large for more. */
    ArtifactGeneratorStatus bare(ArtifactGenerator generator, Outcome outcome) {
        ArtifactGeneratorStatus full = after(generator, outcome);
        String digest = full.observedSourcesDigest();
        return new ArtifactGeneratorStatus(
                full.conditions().stream()
                        .filter(condition -> CONDITION_ORDER.contains(condition.getType())
                                || ManagedNamespaceStep.PRUNE_BLOCKED.equals(condition.getType()))
                        .toList(),
                full.inventory(),
                digest != null && digest.length() > MAX_DIGEST_LENGTH ? null : digest,
                full.lastHandledReconcileAt());
    }

    static String succeededMessage(List<ArtifactInventoryEntry> inventory) {
        int namespaces = (int)
                inventory.stream().filter(ArtifactInventoryEntry::isNamespace).count();
        return succeededMessage(inventory.size() - namespaces, namespaces);
    }

    private static String succeededMessage(int artifacts, int namespaces) {
        String managed = namespaces == 0 ? "" : " and manages %d namespace(s)".formatted(namespaces);
        return "reconciliation succeeded, generated %d artifact(s)%s".formatted(artifacts, managed);
    }

    /** The conditions of the new status. */
    private final class Draft implements Outcome.Cases<ArtifactGeneratorStatus> {

        private final ArtifactGenerator generator;
        private final List<V1Condition> before;
        private final List<V1Condition> conditions;
        private @Nullable String handledRequest;

        Draft(ArtifactGenerator generator) {
            this.generator = generator;
            this.before = generator.conditions();
            this.conditions = new ArrayList<>(before);
            ArtifactGeneratorStatus status = generator.status();
            this.handledRequest = status == null ? null : status.lastHandledReconcileAt();
        }

        void echoReconcileRequest() {
            Map<String, String> annotations = generator.metadata().getAnnotations();
            String requested = annotations == null ? null : annotations.get(Annotations.RECONCILE_REQUESTED_AT);
            if (requested != null) {
                handledRequest = requested;
            }
        }

        void markProgressing(String message) {
            remove(ConditionTypes.STALLED);
            set(ConditionTypes.RECONCILING, Conditions.TRUE, GeneratorReasons.PROGRESSING, message);
            set(ConditionTypes.READY, Conditions.UNKNOWN, GeneratorReasons.PROGRESSING, message);
        }

        void markReady(String message) {
            remove(ManagedNamespaceStep.PRUNE_BLOCKED);
            remove(ConditionTypes.STALLED);
            remove(ConditionTypes.RECONCILING);
            set(ConditionTypes.READY, Conditions.TRUE, GeneratorReasons.SUCCEEDED, message);
        }

        /** Corrects the conditions of an object that was created suspended, or whose last run crashed. */
        void repairReady(Outcome.UpToDate outcome) {
            boolean settled = Conditions.find(before, ConditionTypes.READY)
                    .filter(ready -> Conditions.TRUE.equals(ready.getStatus()))
                    .filter(ready -> GeneratorReasons.SUCCEEDED.equals(ready.getReason()))
                    .isPresent();
            if (settled) {
                remove(ConditionTypes.STALLED);
                remove(ConditionTypes.RECONCILING);
            } else {
                markReady(succeededMessage(outcome.artifacts(), outcome.namespaces()));
            }
        }

        void markFailed(String reason, String message) {
            remove(ConditionTypes.STALLED);
            set(ConditionTypes.READY, Conditions.FALSE, reason, message);
            Conditions.find(conditions, ConditionTypes.RECONCILING)
                    .ifPresent(old -> set(
                            ConditionTypes.RECONCILING,
                            Conditions.TRUE,
                            GeneratorReasons.PROGRESSING_WITH_RETRY,
                            GeneratorReasons.MESSAGE_IN_PROGRESS));
        }

        void markStalled(String reason, String message) {
            remove(ConditionTypes.RECONCILING);
            set(ConditionTypes.STALLED, Conditions.TRUE, reason, message);
            set(ConditionTypes.READY, Conditions.FALSE, reason, message);
        }

        /** After a failure, only a run that has reached its end shows that it may prune. */
        private void clearPruneBlocked(boolean hasEnded, Changes changes) {
            if (hasEnded && changes.namespaces().objection().isEmpty()) {
                remove(ManagedNamespaceStep.PRUNE_BLOCKED);
            }
        }

        void markInitializedSuspended() {
            set(
                    ConditionTypes.READY,
                    Conditions.TRUE,
                    GeneratorReasons.RECONCILIATION_DISABLED,
                    GeneratorReasons.MESSAGE_INITIALIZED_SUSPENDED);
        }

        @Override
        public ArtifactGeneratorStatus ready(Outcome.Ready outcome) {
            markReady(succeededMessage(outcome.inventory()));
            return build(outcome.inventory(), outcome.observedSourcesDigest());
        }

        @Override
        public ArtifactGeneratorStatus upToDate(Outcome.UpToDate outcome) {
            repairReady(outcome);
            return build();
        }

        @Override
        public ArtifactGeneratorStatus progressing(Outcome.Progressing outcome) {
            markProgressing(GeneratorReasons.MESSAGE_IN_PROGRESS);
            return build();
        }

        /** Keeps the conditions, which say that the run is in progress. */
        @Override
        public ArtifactGeneratorStatus waiting(Outcome.Waiting outcome) {
            return build();
        }

        @Override
        public ArtifactGeneratorStatus retry(Outcome.Retry outcome) {
            markFailed(outcome.reason(), outcome.message());
            clearPruneBlocked(outcome.inventory() != null, outcome.changes());
            return buildFailed(outcome.inventory());
        }

        @Override
        public ArtifactGeneratorStatus stalled(Outcome.Stalled outcome) {
            markStalled(outcome.reason(), outcome.message());
            clearPruneBlocked(outcome.inventory() != null, outcome.changes());
            return buildFailed(outcome.inventory());
        }

        @Override
        public ArtifactGeneratorStatus suspended(Outcome.Suspended outcome) {
            if (outcome.justInitialized()) {
                markInitializedSuspended();
            }
            return build();
        }

        @Override
        public ArtifactGeneratorStatus deleted(Outcome.Deleted outcome) {
            return build();
        }

        /** Keeps everything except for the conditions. */
        ArtifactGeneratorStatus build() {
            ArtifactGeneratorStatus old = generator.status();
            return old == null ? build(List.of(), null) : withInventory(old.inventory(), old.observedSourcesDigest());
        }

        ArtifactGeneratorStatus build(List<ArtifactInventoryEntry> inventory, @Nullable String sourcesDigest) {
            List<ArtifactInventoryEntry> all = new ArrayList<>(inventory);
            all.addAll(generator.inventoryOfOtherVersions());
            return withInventory(all, sourcesDigest);
        }

        private ArtifactGeneratorStatus withInventory(
                List<ArtifactInventoryEntry> inventory, @Nullable String sourcesDigest) {
            conditions.sort(Comparator.comparingInt(c -> orderOf(c.getType())));
            return new ArtifactGeneratorStatus(conditions, inventory, sourcesDigest, handledRequest);
        }

        /** Changes at most the inventory; the source digest stays that of the last success. */
        ArtifactGeneratorStatus buildFailed(@Nullable List<ArtifactInventoryEntry> inventory) {
            ArtifactGeneratorStatus unchanged = build();
            return inventory == null ? unchanged : build(inventory, unchanged.observedSourcesDigest());
        }

        private static int orderOf(@Nullable String type) {
            int position = CONDITION_ORDER.indexOf(type);
            return position < 0 ? CONDITION_ORDER.size() : position;
        }

        private void set(String type, String status, String reason, String message) {
            Long generation = generator.metadata().getGeneration();
            V1Condition next =
                    Conditions.next(before, type, status, reason, message, generation == null ? 0 : generation, clock);
            remove(type);
            conditions.add(next);
        }

        private void remove(String type) {
            conditions.removeIf(c -> type.equals(c.getType()));
        }
    }
}
