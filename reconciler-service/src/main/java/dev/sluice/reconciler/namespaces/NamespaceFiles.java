package dev.sluice.reconciler.namespaces;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.budget.YamlBudget;
import dev.sluice.reconciler.file.FileReference;
import dev.sluice.reconciler.pathpattern.PathPatternException;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.yaml.YamlDocuments;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.meta.CommonMetadata;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the metadata files of the namespaces of a run, within its budget. */
public final class NamespaceFiles {

    private static final CommonMetadata NONE = new CommonMetadata(Map.of(), Map.of());
    private static final String WHAT = "namespace metadata";

    private final Map<String, FileTree> sources;
    private final RunBudget budget;

    /** @param sources the source trees by alias */
    public NamespaceFiles(Map<String, FileTree> sources, RunBudget budget) {
        this.sources = Map.copyOf(sources);
        this.budget = budget;
    }

    /**
     * Reads the allowed part of the file.
     *
     * @param first the first artifact of the namespace, whose directories are the placeholders of the path
     * @param built the tree of that artifact; empty if it was not built
     * @throws NamespaceFailure if the file is missing or invalid
     */
    CommonMetadata read(NamespaceRules rules, PlannedArtifact first, Optional<Supplier<FileTree>> built)
            throws NamespaceFailure, IOException {
        if (rules.path().isEmpty() || rules.metadata().isEmpty()) {
            return NONE;
        }
        String path = rendered(rules.path().get(), first);
        FileReference reference = FileReference.parse(path)
                .orElseThrow(() -> invalidPath(path, "it must be in the format \"@<alias>/<path>\""));
        Optional<String> problem = reference.problem();
        if (problem.isPresent()) {
            throw invalidPath(path, problem.get());
        }
        byte[] content = content(reference, path, first, built);
        try (BudgetShare reading = budget.takeHeap(WHAT, 0);
                YamlBudget values = new YamlBudget(budget, WHAT)) {
            reading.grow(content.length + YamlDocuments.heapFor(content.length));
            CommonMetadata file = NamespaceMetadataFile.parse(path, content, values);
            return rules.metadata().get().filter(path, file);
        }
    }

    private static String rendered(String path, PlannedArtifact first) throws NamespaceFailure {
        try {
            return first.renderPath(path);
        } catch (PathPatternException e) {
            throw invalidPath(path, ErrorText.describe(e));
        }
    }

    private byte[] content(
            FileReference reference, String path, PlannedArtifact first, Optional<Supplier<FileTree>> built)
            throws NamespaceFailure, IOException {
        Optional<FileTree> tree = reference.isInArtifact()
                ? built.map(Supplier::get)
                : Optional.ofNullable(sources.get(reference.alias()));
        if (tree.isEmpty()) {
            throw unreadable(
                    path,
                    reference.isInArtifact()
                            ? "artifact %s was not built"
                                    .formatted(first.artifact().name())
                            : "source alias \"%s\" not found".formatted(reference.alias()));
        }
        try {
            return reference.read(tree.get(), NamespaceMetadataFile.MAX_BYTES);
        } catch (LimitExceededException | BudgetWaitException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(path, ErrorText.describe(e));
        }
    }

    private static NamespaceFailure invalidPath(String path, String problem) {
        return NamespaceFailure.retryable("invalid namespace metadata path \"%s\": %s".formatted(path, problem));
    }

    private static NamespaceFailure unreadable(String path, String problem) {
        return NamespaceFailure.retryable("failed to read namespace metadata file \"%s\": %s".formatted(path, problem));
    }
}
