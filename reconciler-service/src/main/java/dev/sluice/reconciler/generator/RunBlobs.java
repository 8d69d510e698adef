package dev.sluice.reconciler.generator;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.RunBudget;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The content that a run makes, in a file without a name that ends with the run. Not thread-safe. */
final class RunBlobs implements BlobStore, Closeable {

    private static final String WHAT = "generated content";

    private final Path scratch;
    private final RunBudget budget;
    private @Nullable SpoolFile spool;
    private @Nullable BudgetShare disk;

    RunBlobs(Path scratch, RunBudget budget) {
        this.scratch = scratch;
        this.budget = budget;
    }

    @Override
    public Blob store(InputStream content) throws IOException {
        return spool().store(new Counted(content));
    }

    @Override
    public Blob store(byte[] content) throws IOException {
        takeDisk(content.length);
        return spool().store(content);
    }

    private void takeDisk(long bytes) throws IOException {
        if (disk == null) {
            disk = budget.takeDisk(WHAT, bytes);
        } else {
            disk.grow(bytes);
        }
    }

    private SpoolFile spool() throws IOException {
        if (spool == null) {
            spool = SpoolFile.create(scratch.resolve(UUID.randomUUID() + ".run"));
            spool.unlink();
        }
        return spool;
    }

    /** Takes disk for what is read before it is written. */
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
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                takeDisk(count);
            }
            return count;
        }
    }

    @Override
    public void close() {
        try {
            if (spool != null) {
                spool.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a file without a name", e);
        }
    }
}
