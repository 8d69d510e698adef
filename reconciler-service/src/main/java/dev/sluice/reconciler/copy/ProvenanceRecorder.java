package dev.sluice.reconciler.copy;

import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.copy.Provenance.Action;
import dev.sluice.reconciler.copy.Provenance.Ignored;
import dev.sluice.reconciler.copy.Provenance.LeftOut;
import dev.sluice.reconciler.copy.Provenance.Origin;
import dev.sluice.reconciler.copy.Provenance.Step;
import dev.sluice.reconciler.glob.DoublestarPattern;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records the provenance of an artifact during its build. Its heap is taken from the run until the run ends. */
final class ProvenanceRecorder implements BuildListener {

    /** Heap of a recorded step without its paths, which are those of the trees, rounded up. */
    private static final int STEP_BYTES = 256;

    private static final long HEAP_STEP = 64 * 1024;

    private final BudgetShare heap;
    private final Map<TreePath, List<Step>> steps = new HashMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final Map<Integer, String> nothing = new HashMap<>();
    private long needed;
    private long taken;
    private int operation;
    private String alias = "";

    /** @param what description of the artifact for error messages */
    ProvenanceRecorder(RunBudget budget, String what) throws IOException {
        this.heap = budget.takeHeap(what, 0);
    }

    @Override
    public void begin(int index, CopyPlan plan) {
        operation = index;
        alias = plan.from().alias();
    }

    @Override
    public void copied(TreePath from, TreePath to) throws IOException {
        record(to, Action.COPIED, from, null);
    }

    @Override
    public void merged(TreePath from, TreePath to) throws IOException {
        record(to, Action.MERGED, from, null);
    }

    @Override
    public void extracted(TreePath tarball, TreePath member, TreePath to) throws IOException {
        record(to, Action.EXTRACTED, tarball, member);
    }

    @Override
    public void leftOut(TreePath from, boolean isDirectory, @Nullable DoublestarPattern pattern) throws IOException {
        reserve();
        leftOut.add(new LeftOut(operation, alias, from, isDirectory, pattern == null ? null : pattern.toString()));
    }

    @Override
    public void nothing(String problem) throws IOException {
        reserve();
        nothing.put(operation, problem);
    }

    private void record(TreePath to, Action action, TreePath from, @Nullable TreePath member) throws IOException {
        reserve();
        steps.computeIfAbsent(to, path -> new ArrayList<>(1)).add(new Step(operation, action, alias, from, member));
    }

    private void reserve() throws IOException {
        needed += STEP_BYTES;
        if (needed > taken) {
            heap.grow(HEAP_STEP);
            taken += HEAP_STEP;
        }
    }

    /**
     * Returns the provenance.
     *
     * @param built the tree of all operations
     * @param filter the filter between the built and the published tree
     */
    Provenance finish(OutputArtifact artifact, FileTree built, SourceIgnore filter) {
        List<Origin> files = new ArrayList<>();
        List<Ignored> ignored = new ArrayList<>();
        for (FileTree.Node node : built.nodes()) {
            if (node.isFile()) {
                Origin origin = new Origin(node.path(), steps.getOrDefault(node.path(), List.of()));
                filter.excludedBy(node.path(), false)
                        .ifPresentOrElse(pattern -> ignored.add(new Ignored(origin, pattern)), () -> files.add(origin));
            }
        }
        return new Provenance(artifact.copy(), nothing, files, ignored, leftOut);
    }
}
