package dev.sluice.artifact.tree;

/** Tells which paths to leave out. */
@FunctionalInterface
public interface PathFilter {

    /** Leaves nothing out. */
    PathFilter NOTHING = (path, directory) -> false;

    /** Whether {@code path}, which is a directory or a file, is left out. */
    boolean excludes(TreePath path, boolean directory);
}
