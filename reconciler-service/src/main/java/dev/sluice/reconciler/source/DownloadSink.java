package dev.sluice.reconciler.source;

import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.Limit;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.RunBudget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a downloaded archive to disk. Takes disk budget before each write; closing deletes the file. */
final class DownloadSink extends OutputStream {

    private static final long DISK_STEP = 1 << 20;

    private final Path archive;
    private final RunBudget run;
    private final BudgetShare disk;
    private final OutputStream out;
    private long count;
    private long taken;

    DownloadSink(Path archive, RunBudget run) throws IOException {
        this.archive = archive;
        this.run = run;
        this.disk = run.takeDisk("its artifact", 0);
        this.out = Files.newOutputStream(archive);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        count += length;
        long allowed = run.limits().maxDownloadBytes();
        if (count > allowed) {
            throw new LimitExceededException("its artifact", Limit.DOWNLOAD_BYTES, count, allowed);
        }
        if (count > taken) {
            long more = Math.max(count - taken, DISK_STEP);
            disk.grow(more);
            taken += more;
        }
        out.write(bytes, offset, length);
    }

    /** Ends the download; the file can then be read. */
    void finish() throws IOException {
        out.close();
    }

    long count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            Files.deleteIfExists(archive);
            disk.close();
        }
    }
}
