package dev.sluice.reconciler.publish;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.RunBudget;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Reads the trees of stored archives without unpacking them. */
public final class ArchiveIndex {

    private ArchiveIndex() {}

    /**
     * Returns the tree of an archive; its heap stays taken until the run ends.
     *
     * @param chosen the only files whose content can be read
     * @param store receives their content
     * @throws dev.sluice.reconciler.budget.LimitExceededException if the archive has more entries than the run may index
     */
    public static FileTree read(Path archive, Set<TreePath> chosen, BlobStore store, RunBudget run) throws IOException {
        return read(archive, new ChosenContents(chosen, store, run), run);
    }

    static FileTree read(Path archive, ChosenContents contents, RunBudget run) throws IOException {
        UnpackOptions options = UnpackOptions.fluxSource(run.limits().maxSourceEntries());
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            return TarGzReader.index(in, contents, options, contents);
        }
    }
}
