package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.RunBudget;
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
 * Keeps the bytes of merged files whose values are those that were published before, so that nothing rolls out because
 * another writer, or another version of ours, spells the same values differently.
 */
final class PublishedYaml {

    private final RunBudget budget;
    private final String what;

    /** @param what as errors name the artifact */
    PublishedYaml(RunBudget budget, String what) {
        this.budget = budget;
        this.what = what;
    }

    /**
     * Puts the former files into {@code making} where they say the same.
     *
     * @param tree what {@code making} has built, after the default filter
     * @return whether a file in {@code making} was replaced
     */
    boolean keepIn(BudgetedTree making, FileTree tree, PublishedFiles former) throws IOException {
        Set<TreePath> merged = making.merged();
        Optional<FileTree> before = merged.isEmpty() ? Optional.empty() : former.read(tree, merged);
        boolean kept = false;
        for (TreePath path : before.isEmpty() ? Set.<TreePath>of() : merged) {
            if (tree.get(path).orElse(null) instanceof FileEntry ours
                    && before.get().get(path).orElse(null) instanceof FileEntry theirs
                    && !theirs.sha256().equals(ours.sha256())
                    && isSameYaml(path, theirs, ours)) {
                making.replaceMerged(path, new FileEntry(ours.executable(), theirs.sha256(), theirs.blob()));
                kept = true;
            }
        }
        return kept;
    }

    /** Whether the former file has one document, with just the values that we have written. */
    private boolean isSameYaml(TreePath path, FileEntry former, FileEntry ours) throws IOException {
        try (MergeAllowance allowance = new MergeAllowance(budget, what + ": former file \"" + path + "\"")) {
            int maxBytes = (int) Math.min(allowance.maxText(), Integer.MAX_VALUE);
            if (former.size() > maxBytes) {
                return false;
            }
            allowance.takeHeap(ours.size() + YamlDocuments.heapFor(former.size()));
            List<Map<String, @Nullable Object>> documents = new ArrayList<>();
            YamlDocuments.read(former.blob().readAll(maxBytes), allowance, documents::add);
            return documents.size() == 1 && isWrittenAs(ours.blob().readAll(maxBytes), documents.get(0));
        } catch (InvalidYamlException | LimitExceededException notComparable) {
            return false;
        }
    }

    /** Equal values are always written with the same bytes, and others never are. */
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
