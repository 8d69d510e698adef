package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.TreePath;

/** One step of a copy operation. */
sealed interface Move {

    /** Creates a directory and its parents. */
    record MakeDirectory(TreePath to) implements Move {}

    /** Writes a file and replaces an existing one. */
    record PutFile(TreePath from, FileEntry file, TreePath to) implements Move {}

    /** Merges a YAML file into an existing one, or writes it if none exists. */
    record MergeFile(TreePath from, FileEntry file, TreePath to) implements Move {}

    /** Extracts a tarball into a directory. */
    record ExtractTarball(TreePath from, FileEntry tarball, TreePath into) implements Move {}
}
