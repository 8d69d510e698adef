package dev.sluice.reconciler.source;

import dev.sluice.artifact.archive.IndexListener;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.IndexCost;
import dev.sluice.reconciler.budget.Limit;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.RunBudget;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Takes disk for the content of an archive, and heap for its index, before either is used. For one thread. */
final class SpoolBudget implements BlobStore, IndexListener {

    private static final long DISK_STEP = 1 << 20;
    private static final long HEAP_STEP = 256 << 10;

    /** Size of the header of each archive entry. */
    private static final long HEADER_BYTES = 512;

    private final String what;
    private final RunBudget run;
    private final SpoolFile spool;
    private final BudgetShare heap;
    private final BudgetShare disk;
    private long unpackedBytes;
    private long heapTaken;
    private long diskTaken;
    private long spooled;

    SpoolBudget(String what, RunBudget run, SpoolFile spool) throws IOException {
        this.what = what;
        this.run = run;
        this.spool = spool;
        this.heap = run.takeHeap(what, 0);
        this.disk = run.takeDisk(what, 0);
    }

    @Override
    public void adding(String name, int entries, long pathLength) throws IOException {
        int allowed = run.limits().maxSourceEntries();
        if (entries >= allowed) {
            throw new LimitExceededException(what, Limit.SOURCE_ENTRIES, entries + 1L, allowed);
        }
        countUnpacked(HEADER_BYTES);
        long needed = IndexCost.of(entries, pathLength) + IndexCost.ofNext(name);
        if (needed > heapTaken) {
            long more = Math.max(needed - heapTaken, HEAP_STEP);
            heap.grow(more);
            heapTaken += more;
        }
    }

    private void countUnpacked(long bytes) throws LimitExceededException {
        unpackedBytes += bytes;
        long allowed = run.limits().maxUnpackedBytes();
        if (unpackedBytes > allowed) {
            throw new LimitExceededException(what, Limit.UNPACKED_BYTES, unpackedBytes, allowed);
        }
    }

    @Override
    public Blob store(InputStream content) throws IOException {
        return spool.store(new Counted(content));
    }

    @Override
    public Blob store(byte[] content) throws IOException {
        takeDisk(content.length);
        return spool.store(content);
    }

    private void takeDisk(long bytes) throws IOException {
        countUnpacked(bytes);
        spooled += bytes;
        if (spooled > diskTaken) {
            long more = Math.max(spooled - diskTaken, DISK_STEP);
            disk.grow(more);
            diskTaken += more;
        }
    }

    /** Returns the budget that was not needed. */
    void settle(FileTree tree) {
        long pathLength = tree.nodes().stream()
                .mapToLong(node -> node.path().toString().length())
                .sum();
        heap.shrinkTo(Math.min(heapTaken, IndexCost.of(tree.size(), pathLength)));
        disk.shrinkTo(Math.min(diskTaken, spool.size()));
    }

    BudgetShare heap() {
        return heap;
    }

    BudgetShare disk() {
        return disk;
    }

    void close() {
        heap.close();
        disk.close();
    }

    /** Charges the content as it is read, before it is written. */
    private final class Counted extends FilterInputStream {

        Counted(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, (int) Math.min(length, DISK_STEP));
            if (n > 0) {
                takeDisk(n);
            }
            return n;
        }
    }
}
