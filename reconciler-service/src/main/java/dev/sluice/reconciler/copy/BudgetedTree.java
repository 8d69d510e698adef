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
 * An artifact in the making. Every entry that is put is counted, one that replaces another as well, and heap is taken
 * for it before it is made.
 */
final class BudgetedTree {

    /**
     * Of an entry besides its path: in the sorted map, in the tree, and in the tree that is left of it after the default
     * filter. Measured, and rounded up.
     */
    private static final int ENTRY_BYTES = 256;

    /** Of a path in the set of those that were merged, and of the file that was published there before. */
    private static final int MERGED_BYTES = 384;

    private static final int BYTES_PER_CHARACTER = 2;
    private static final long SMALLEST_STEP = 64 * 1024;
    private static final int STEPS = 8;

    private final FileTree.Builder tree = FileTree.builder();
    private final Set<TreePath> merged = new HashSet<>();
    private final RunBudget budget;
    private final String what;
    private final BudgetShare heap;
    private long needed;
    private long taken;

    /** @param what as errors name it */
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

    /** Puts a file that Merge has made. */
    void putMerged(TreePath path, FileEntry file) throws IOException {
        putFile(path, file);
        makeRoom(MERGED_BYTES);
        merged.add(path);
        needed += MERGED_BYTES;
    }

    /** Puts a file in place of one that is there; takes no more room. */
    void replaceMerged(TreePath path, FileEntry file) throws IOException {
        tree.putFile(path, file);
    }

    /** Where files stand that Merge has made. */
    Set<TreePath> merged() {
        return Set.copyOf(merged);
    }

    /** What an entry takes at most; parents that come with it have shorter paths. */
    private long takeFor(TreePath path) throws IOException {
        Interruption.check();
        budget.takeCopiedEntries(what, 1);
        long bytes = ENTRY_BYTES + (long) BYTES_PER_CHARACTER * path.toString().length();
        makeRoom(bytes);
        return bytes;
    }

    private void makeRoom(long bytes) throws IOException {
        if (needed + bytes > taken) {
            long step = Math.max(Math.max(SMALLEST_STEP, taken / STEPS), needed + bytes - taken);
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

    /** The tree; the heap for it stays taken until {@link #release}. */
    FileTree build() {
        return tree.build();
    }

    /** Gives the heap back, when the tree is no longer used. */
    void release() {
        heap.close();
    }
}
