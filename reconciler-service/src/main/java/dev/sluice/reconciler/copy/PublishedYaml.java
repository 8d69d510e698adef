package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.budget.YamlBudget;
import dev.sluice.reconciler.yaml.InvalidYamlException;
import dev.sluice.reconciler.yaml.YamlDocuments;
import dev.sluice.reconciler.yaml.YamlWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the published bytes of merged files whose values have not changed, so that no rollout happens because another
 * writer, or another version of this controller, formats the same values differently.
 */
final class PublishedYaml {

    private final RunBudget budget;
    private final String what;

    /** @param what description of the artifact for error messages */
    PublishedYaml(RunBudget budget, String what) {
        this.budget = budget;
        this.what = what;
    }

    /**
     * Replaces merged files by the published ones where the values are equal.
     *
     * @param tree the tree that {@code target} has built, after the default filter
     * @return whether a file in {@code target} was replaced
     */
    boolean restoreIn(BudgetedTree target, FileTree tree, PublishedFiles published) throws IOException {
        Set<TreePath> merged = target.merged();
        Optional<FileTree> before = merged.isEmpty() ? Optional.empty() : published.read(tree, merged);
        boolean restored = false;
        for (TreePath path : before.isEmpty() ? Set.<TreePath>of() : merged) {
            if (tree.get(path).orElse(null) instanceof FileEntry ours
                    && before.get().get(path).orElse(null) instanceof FileEntry theirs
                    && !theirs.sha256().equals(ours.sha256())
                    && isSameYaml(path, theirs, ours)) {
                target.replaceMerged(path, new FileEntry(ours.executable(), theirs.sha256(), theirs.blob()));
                restored = true;
            }
        }
        return restored;
    }

    /** Whether the published file has exactly one document, with the values of the new file. */
    private boolean isSameYaml(TreePath path, FileEntry published, FileEntry ours) throws IOException {
        try (YamlBudget allowance = new YamlBudget(budget, what + ": published file \"" + path + "\"")) {
            int maxBytes = (int) Math.min(allowance.maxText(), Integer.MAX_VALUE);
            if (published.size() > maxBytes) {
                return false;
            }
            allowance.takeHeap(ours.size() + YamlDocuments.heapFor(published.size()));
            List<Map<String, @Nullable Object>> documents = new ArrayList<>();
            YamlDocuments.read(published.blob().readAll(maxBytes), allowance, documents::add);
            return documents.size() == 1 && isWrittenAs(ours.blob().readAll(maxBytes), documents.get(0));
        } catch (InvalidYamlException | LimitExceededException notComparable) {
            return false;
        }
    }

    /** Writes the values and compares the bytes; equal values are always written with equal bytes. */
    private static boolean isWrittenAs(byte[] expected, Map<String, @Nullable Object> values) throws IOException {
        TextComparison text = new TextComparison(expected);
        try {
            YamlWriter.write(values, text);
            return text.isComplete();
        } catch (TextComparison.DifferentException different) {
            return false;
        }
    }
}
