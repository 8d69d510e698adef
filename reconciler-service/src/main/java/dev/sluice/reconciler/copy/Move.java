package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.TreePath;

/** One step of a copy operation: what to put where in the artifact. */
sealed interface Move {

    /** Makes a directory with its parents. */
    record MakeDirectory(TreePath to) implements Move {}

    /** Puts a file in place of what is there. */
    record PutFile(FileEntry file, TreePath to) implements Move {}

    /** Merges a YAML file into the one that is there, or puts it where nothing is. */
    record MergeFile(TreePath from, FileEntry file, TreePath to) implements Move {}

    /** Puts what is in a tarball below a directory. */
    record ExtractTarball(TreePath from, FileEntry tarball, TreePath into) implements Move {}
}
