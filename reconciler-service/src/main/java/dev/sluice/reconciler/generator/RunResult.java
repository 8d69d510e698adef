package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.namespaces.NamespaceResults;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results of a run and the outcome that follows from them. */
record RunResult(List<ArtifactResult> artifacts, Removal removal, NamespaceResults namespaces) {

    RunResult {
        artifacts = List.copyOf(artifacts);
        removal = removal.andLeft(OrphanRemover.Leftover.of(namespaces));
    }

    Outcome outcome(ArtifactGenerator generator, ObservedSources observed) {
        if (failed().isEmpty()
                && leftovers().isEmpty()
                && namespaces.objection().isEmpty()) {
            List<ArtifactInventoryEntry> inventory = new ArrayList<>(publishedEntries());
            inventory.addAll(namespaces.managed());
            return new Outcome.Ready(inventory, observed.digest(), changes());
        }
        Failures failures = new Failures(failures(generator));
        boolean isFinal = leftovers().isEmpty() && failed().stream().allMatch(ArtifactResult.Failed::isFinal);
        return isFinal
                ? new Outcome.Stalled(
                        reason(generator),
                        failures.text(),
                        remainingInventory(generator),
                        changes(),
                        isDenied() ? Outcome.Stalled.DENIED_RECHECK : null)
                : new Outcome.Retry(reason(generator), failures, null, remainingInventory(generator), changes());
    }

    /** A denial and a failure of a namespace have the same text for all artifacts of the namespace. */
    private List<String> failures(ArtifactGenerator generator) {
        Set<String> failures = new LinkedHashSet<>();
        failed().forEach(failed -> failures.add(failed.message()));
        failures.addAll(OrphanRemover.Leftover.messages(leftovers(), generator));
        namespaces.objection().ifPresent(failures::add);
        return List.copyOf(failures);
    }

    private List<OrphanRemover.Leftover> leftovers() {
        return removal.leftovers();
    }

    private boolean isDenied() {
        return failed().stream().anyMatch(RunResult::isDenied);
    }

    private static boolean isDenied(ArtifactResult.Failed failed) {
        return GeneratorReasons.ACCESS_DENIED.equals(failed.reason());
    }

    private List<ArtifactResult.Failed> failed() {
        return artifacts.stream()
                .filter(ArtifactResult.Failed.class::isInstance)
                .map(ArtifactResult.Failed.class::cast)
                .toList();
    }

    private List<ArtifactResult.Published> published() {
        return artifacts.stream()
                .filter(ArtifactResult.Published.class::isInstance)
                .map(ArtifactResult.Published.class::cast)
                .toList();
    }

    private List<ArtifactInventoryEntry> publishedEntries() {
        return published().stream().map(ArtifactResult.Published::entry).toList();
    }

    private Changes changes() {
        return new Changes(
                published().stream()
                        .map(ArtifactResult.Published::change)
                        .filter(Objects::nonNull)
                        .toList(),
                published().stream()
                        .map(ArtifactResult.Published::takeover)
                        .filter(Objects::nonNull)
                        .toList(),
                removal.removed(),
                namespaces);
    }

    /** The reason of the first kind of failure that occurred, in the order of a run. */
    private String reason(ArtifactGenerator generator) {
        return Stream.of(
                        GeneratorReasons.BUILD_FAILED,
                        GeneratorReasons.ACCESS_DENIED,
                        GeneratorReasons.RECONCILIATION_FAILED)
                .filter(reason -> failed().stream().anyMatch(failed -> reason.equals(failed.reason())))
                .findFirst()
                .orElseGet(() -> leftovers().isEmpty()
                        ? GeneratorReasons.PRUNE_FAILED
                        : OrphanRemover.Leftover.reason(leftovers(), generator));
    }

    /** The entries published by this run, and the previous entries of failed artifacts and of leftovers. */
    private List<ArtifactInventoryEntry> remainingInventory(ArtifactGenerator generator) {
        List<ArtifactInventoryEntry> inventory = new ArrayList<>(publishedEntries());
        Set<ObjectKey> kept = Stream.concat(
                        failed().stream().map(ArtifactResult.Failed::key),
                        leftovers().stream().map(OrphanRemover.Leftover::key))
                .collect(Collectors.toSet());
        generator.publishedArtifacts().stream()
                .filter(entry -> entry.artifactKey().filter(kept::contains).isPresent())
                .forEach(inventory::add);
        inventory.addAll(namespaces.managed());
        inventory.addAll(namespaces.left());
        return inventory;
    }
}
