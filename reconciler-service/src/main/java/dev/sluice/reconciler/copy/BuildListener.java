package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.glob.DoublestarPattern;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Observes what a build does with each file. Called by the thread of the build, after each step. */
interface BuildListener {

    /** Ignores everything. */
    BuildListener NONE = new BuildListener() {};

    /** The next calls are about this operation. */
    default void begin(int operation, CopyPlan plan) {}

    default void copied(TreePath from, TreePath to) throws IOException {}

    default void merged(TreePath from, TreePath to) throws IOException {}

    /**
     * A file of a tarball was written.
     *
     * @param member the path in the tarball
     */
    default void extracted(TreePath tarball, TreePath member, TreePath to) throws IOException {}

    /** See {@link CopySelection.Moves#leftOut}. */
    default void leftOut(TreePath from, boolean isDirectory, @Nullable DoublestarPattern pattern) throws IOException {}

    /** See {@link CopySelection.Moves#nothing}. */
    default void nothing(String problem) throws IOException {}
}
