package dev.sluice.reconciler.publish;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.RunBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Selected files of a stored archive.
 *
 * @param files the selected files that exist in the archive
 * @param contentHash hash of the whole archive content
 */
record SelectedFiles(FileTree files, Digest contentHash) {

    /**
     * Reads an archive within the budget of a run.
     *
     * @param store receives the content of the selected files
     */
    static SelectedFiles read(Path archive, Set<TreePath> chosen, BlobStore store, RunBudget run) throws IOException {
        try (ChosenContents contents = new ChosenContents(chosen, store, run)) {
            FileTree tree = ArchiveIndex.read(archive, contents, run);
            FileTree.Builder files = FileTree.builder();
            for (TreePath path : chosen) {
                if (tree.get(path).orElse(null) instanceof FileEntry file) {
                    files.putFile(path, file);
                }
            }
            return new SelectedFiles(files.build(), tree.contentHash());
        }
    }
}
