package dev.sluice.artifact.tree;

/** Selects paths to exclude. */
@FunctionalInterface
public interface PathFilter {

    /** Excludes nothing. */
    PathFilter NOTHING = (path, directory) -> false;

    /** Whether to exclude {@code path}, which is a directory or a file. */
    boolean excludes(TreePath path, boolean directory);
}
