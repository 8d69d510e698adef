package dev.sluice.artifact.archive;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A few blocks that go round between a thread that fills them and one that empties them. */
final class BlockPipe {

    static final int BLOCK_BYTES = 128 * 1024;

    private static final int BLOCKS = 4;
    private static final long POLL_MILLIS = 200;

    /** Some content, and what is known about what follows it. */
    static final class Block {
        final byte[] bytes;
        int length;
        /** Whether a gzip member ends after these bytes. */
        boolean endsMember;
        /** Whether nothing comes after these bytes. */
        boolean last;
        /** What filling failed with after these bytes; then this is the last block. */
        @Nullable
        Throwable failure;

        Block(int size) {
            bytes = new byte[size];
        }
    }

    private final BlockingQueue<Block> empty = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS);
    private volatile boolean closed;

    BlockPipe() {
        for (int i = 0; i < BLOCKS; i++) {
            empty.add(new Block(BLOCK_BYTES));
        }
    }

    /** A block to fill, for the thread that fills; null once the pipe is closed. */
    @Nullable
    Block toFill() throws InterruptedException {
        while (!closed) {
            Block block = empty.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (block != null) {
                block.length = 0;
                block.endsMember = false;
                return block;
            }
        }
        return null;
    }

    /** Passes a filled block on; there is always room, since no more blocks exist than the queue holds. */
    void filled(Block block) {
        full.add(block);
    }

    /** A filled block, for the thread that empties; null if there is none for a while. */
    @Nullable
    Block poll() throws InterruptedException {
        return full.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    void emptied(Block block) {
        empty.add(block);
    }

    /** Tells the thread that fills to stop. */
    void close() {
        closed = true;
    }
}
