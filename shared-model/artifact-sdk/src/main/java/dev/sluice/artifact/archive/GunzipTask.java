package dev.sluice.artifact.archive;

import dev.sluice.artifact.archive.BlockPipe.Block;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Decompresses a gzip file into a pipe. */
final class GunzipTask implements Runnable {

    private final InputStream compressed;
    private final BlockPipe pipe;
    private @Nullable Block block;
    private boolean betweenMembers;

    GunzipTask(InputStream compressed, BlockPipe pipe) {
        this.compressed = compressed;
        this.pipe = pipe;
    }

    @Override
    public void run() {
        @Nullable Throwable failure = null;
        try {
            block = pipe.toFill();
            decompress();
        } catch (InterruptedException e) {
            // this thread is interrupted only at the end of the process
            Thread.currentThread().interrupt();
            failure = e;
        } catch (IOException | RuntimeException | Error e) {
            // rethrown on the reader's thread
            failure = e;
        }
        if (block != null) {
            block.failure = failure;
            block.last = true;
            pipe.filled(block);
        }
    }

    private void decompress() throws IOException, InterruptedException {
        try (GzipMembers members = new GzipMembers(compressed)) {
            boolean more = true;
            while (more && block != null) {
                decompressMember(members);
                more = block != null && members.next();
            }
        }
    }

    private void decompressMember(GzipMembers members) throws IOException, InterruptedException {
        while (block != null) {
            int n = members.read(block.bytes, block.length, BlockPipe.BLOCK_BYTES - block.length);
            if (n < 0) {
                endMember(block);
                return;
            }
            block.length += n;
            if (block.length == BlockPipe.BLOCK_BYTES) {
                betweenMembers = false;
                pass(block);
            }
        }
    }

    /** Does not pass on empty members, of which a file may have millions. */
    private void endMember(Block ended) throws InterruptedException {
        if (ended.length > 0 || !betweenMembers) {
            betweenMembers = true;
            ended.endsMember = true;
            pass(ended);
        }
    }

    private void pass(Block filled) throws InterruptedException {
        block = null;
        pipe.filled(filled);
        block = pipe.toFill();
    }
}
