package dev.sluice.artifact.archive;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A fixed set of blocks that circulates between a producer and a consumer thread. */
final class BlockPipe {

    static final int BLOCK_BYTES = 128 * 1024;

    private static final int BLOCKS = 4;
    private static final long POLL_MILLIS = 200;

    /** A block of content. */
    static final class Block {
        final byte[] bytes;
        int length;
        /** Whether a gzip member ends after these bytes. */
        boolean endsMember;
        /** Whether this is the last block. */
        boolean last;
        /** The failure after these bytes; then this is the last block. */
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

    /** Returns an empty block for the producer; null once the pipe is closed. */
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

    /** Passes a filled block on. Never blocks, because the queue has space for all blocks. */
    void filled(Block block) {
        full.add(block);
    }

    /** Returns a filled block for the consumer; null after a timeout. */
    @Nullable
    Block poll() throws InterruptedException {
        return full.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    void emptied(Block block) {
        empty.add(block);
    }

    /** Tells the producer to stop. */
    void close() {
        closed = true;
    }
}
