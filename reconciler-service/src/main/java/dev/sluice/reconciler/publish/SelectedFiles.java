package dev.sluice.reconciler.publish;

import dev.sluice.artifact.archive.IndexListener;
import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.IndexCost;
import dev.sluice.reconciler.budget.RunBudget;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
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
        UnpackOptions options = UnpackOptions.fluxSource(run.limits().maxSourceEntries());
        try (Reading reading = new Reading(chosen, store, run);
                InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            FileTree tree = TarGzReader.index(in, reading, options, reading);
            FileTree.Builder files = FileTree.builder();
            for (TreePath path : chosen) {
                if (tree.get(path).orElse(null) instanceof FileEntry file) {
                    files.putFile(path, file);
                }
            }
            return new SelectedFiles(files.build(), tree.contentHash());
        }
    }

    /** Takes heap for the index and skips the content of files that are not selected. For one thread. */
    private static final class Reading implements BlobStore, IndexListener, AutoCloseable {

        private static final long HEAP_STEP = 256 << 10;

        private final Set<TreePath> chosen;
        private final BlobStore store;
        private final BudgetShare heap;
        private long heapTaken;
        private boolean isChosen;

        Reading(Set<TreePath> chosen, BlobStore store, RunBudget run) throws IOException {
            this.chosen = chosen;
            this.store = store;
            this.heap = run.takeHeap("the published artifact", 0);
        }

        @Override
        public void adding(String name, int entries, long pathLength) throws IOException {
            long needed = IndexCost.of(entries, pathLength) + IndexCost.ofNext(name);
            if (needed > heapTaken) {
                long more = Math.max(needed - heapTaken, HEAP_STEP);
                heap.grow(more);
                heapTaken += more;
            }
            isChosen = !name.endsWith("/") && chosen.contains(TreePath.of(name));
        }

        @Override
        public Blob store(InputStream content) throws IOException {
            return isChosen
                    ? store.store(content)
                    : new PassedOver(content.transferTo(OutputStream.nullOutputStream()));
        }

        @Override
        public Blob store(byte[] content) throws IOException {
            return store.store(content);
        }

        @Override
        public void close() {
            heap.close();
        }
    }

    /** Content of a file that was not selected. */
    private record PassedOver(long size) implements Blob {

        @Override
        public InputStream openStream() throws IOException {
            throw new IOException("the content of this file was skipped");
        }
    }
}
