package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The results of a run and the outcome that follows from them. */
record RunResult(List<ArtifactResult> artifacts, List<OrphanRemover.Leftover> leftovers) {

    RunResult {
        artifacts = List.copyOf(artifacts);
        leftovers = List.copyOf(leftovers);
    }

    Outcome outcome(ArtifactGenerator generator, ObservedSources observed) {
        if (failures().isEmpty()) {
            return new Outcome.Ready(publishedEntries(), observed.digest(), changes());
        }
        Failures failures = new Failures(failures());
        boolean isFinal = leftovers.isEmpty() && failed().stream().allMatch(ArtifactResult.Failed::isFinal);
        return isFinal
                ? new Outcome.Stalled(reason(), failures.text(), remainingInventory(generator), changes())
                : new Outcome.Retry(reason(), failures, null, remainingInventory(generator), changes());
    }

    private List<String> failures() {
        List<String> failures = new ArrayList<>();
        failed().forEach(f -> failures.add(f.message()));
        leftovers.forEach(leftover -> failures.add(leftover.message()));
        return failures;
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
        return new Changes(published().stream()
                .map(ArtifactResult.Published::change)
                .filter(Objects::nonNull)
                .toList());
    }

    private String reason() {
        boolean buildFailed = failed().stream().anyMatch(f -> GeneratorReasons.BUILD_FAILED.equals(f.reason()));
        return buildFailed ? GeneratorReasons.BUILD_FAILED : GeneratorReasons.RECONCILIATION_FAILED;
    }

    /** The entries published by this run, and the previous entries of failed artifacts and of leftovers. */
    private List<ArtifactInventoryEntry> remainingInventory(ArtifactGenerator generator) {
        List<ArtifactInventoryEntry> inventory = new ArrayList<>(publishedEntries());
        Set<String> failedNames =
                failed().stream().map(ArtifactResult.Failed::name).collect(Collectors.toSet());
        Set<String> leftoverNames =
                leftovers.stream().map(OrphanRemover.Leftover::name).collect(Collectors.toSet());
        generator.publishedArtifacts().stream()
                .filter(entry -> failedNames.contains(entry.name()) || leftoverNames.contains(entry.name()))
                .forEach(inventory::add);
        return inventory;
    }
}
