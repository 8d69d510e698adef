package dev.sluice.reconciler.publish;

import dev.sluice.artifact.archive.IndexListener;
import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.IndexCost;
import dev.sluice.reconciler.budget.RunBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;

/** Takes heap for the index of an archive and skips the content of files that are not chosen. For one thread. */
final class ChosenContents implements BlobStore, IndexListener, AutoCloseable {

    private static final long HEAP_STEP = 256 << 10;

    private final Set<TreePath> chosen;
    private final BlobStore store;
    private final BudgetShare heap;
    private long heapTaken;
    private boolean isChosen;

    /** @param store receives the content of the chosen files */
    ChosenContents(Set<TreePath> chosen, BlobStore store, RunBudget run) throws IOException {
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
        return isChosen ? store.store(content) : new PassedOver(content.transferTo(OutputStream.nullOutputStream()));
    }

    @Override
    public Blob store(byte[] content) throws IOException {
        return store.store(content);
    }

    /** Returns the heap of the index. */
    @Override
    public void close() {
        heap.close();
    }

    /** Content of a file that was not chosen. */
    private record PassedOver(long size) implements Blob {

        @Override
        public InputStream openStream() throws IOException {
            throw new IOException("the content of this file was skipped");
        }
    }
}
