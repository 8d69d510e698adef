package dev.sluice.reconciler.copy;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.DirectoryEntry;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreeEntry;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.RunBudget;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A budgeted builder of an artifact's tree. Counts every added entry, replacements included, and takes heap before an
 * entry is created.
 */
final class BudgetedTree {

    /**
     * Heap of an entry without its path: in the sorted map, in the tree, and in the filtered tree. Measured and rounded
     * up.
     */
    private static final int ENTRY_BYTES = 256;

    /** Heap of a path in the set of merged files, and of the published file at that path. */
    private static final int MERGED_BYTES = 384;

    private static final int BYTES_PER_CHARACTER = 2;
    private static final long MIN_STEP = 64 * 1024;
    private static final int STEPS = 8;

    private final FileTree.Builder tree = FileTree.builder();
    private final Set<TreePath> merged = new HashSet<>();
    private final RunBudget budget;
    private final String what;
    private final BudgetShare heap;
    private long needed;
    private long taken;

    /** @param what description for error messages */
    BudgetedTree(RunBudget budget, String what) throws IOException {
        this.budget = budget;
        this.what = what;
        this.heap = budget.takeHeap(what, 0);
    }

    void putDirectory(TreePath path) throws IOException {
        int before = tree.size();
        long bytes = takeFor(path);
        tree.putDirectory(path);
        needed += bytes * (tree.size() - before);
    }

    void putFile(TreePath path, FileEntry file) throws IOException {
        int before = tree.size();
        long bytes = takeFor(path);
        tree.putFile(path, file);
        merged.remove(path);
        needed += bytes * (tree.size() - before);
    }

    /** Adds a file that Merge has created. */
    void putMerged(TreePath path, FileEntry file) throws IOException {
        putFile(path, file);
        reserve(MERGED_BYTES);
        merged.add(path);
        needed += MERGED_BYTES;
    }

    /** Replaces an existing file; takes no further budget. */
    void replaceMerged(TreePath path, FileEntry file) throws IOException {
        tree.putFile(path, file);
    }

    /** The paths of the files that Merge has created. */
    Set<TreePath> merged() {
        return Set.copyOf(merged);
    }

    /** Takes the maximum heap of an entry; implicit parents have shorter paths. */
    private long takeFor(TreePath path) throws IOException {
        Interruption.check();
        budget.takeCopiedEntries(what, 1);
        long bytes = ENTRY_BYTES + (long) BYTES_PER_CHARACTER * path.toString().length();
        reserve(bytes);
        return bytes;
    }

    private void reserve(long bytes) throws IOException {
        if (needed + bytes > taken) {
            long step = Math.max(Math.max(MIN_STEP, taken / STEPS), needed + bytes - taken);
            heap.grow(step);
            taken += step;
        }
    }

    Optional<TreeEntry> get(TreePath path) {
        return tree.get(path);
    }

    boolean isDirectory(TreePath path) {
        return path.isRoot() || tree.get(path).orElse(null) instanceof DirectoryEntry;
    }

    /** Returns the tree; its heap stays taken until {@link #release}. */
    FileTree build() {
        return tree.build();
    }

    /** Returns the heap; call when the tree is no longer used. */
    void release() {
        heap.close();
    }
}
