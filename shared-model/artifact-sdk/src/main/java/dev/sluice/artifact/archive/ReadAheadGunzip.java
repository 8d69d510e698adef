package dev.sluice.artifact.archive;

import dev.sluice.artifact.archive.BlockPipe.Block;
import dev.sluice.artifact.concurrent.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;

/**
 * Decompresses a gzip file on a second thread, a few blocks ahead of the reader, so that decompression overlaps with
 * hashing and storing. Does not use the compressed stream after this is closed, and never closes it.
 */
final class ReadAheadGunzip extends InputStream {

    /** How long closing waits for a blocked read of the compressed stream. */
    private static final long CLOSE_MILLIS = 30_000;

    private static final Block NOTHING_YET = new Block(0);

    private final BlockPipe pipe = new BlockPipe();
    private final Thread thread;
    private Block block = NOTHING_YET;
    private int position;
    private boolean betweenMembers;

    private ReadAheadGunzip(InputStream compressed) {
        thread = DaemonThreads.create("archive-decompression", new GunzipTask(compressed, pipe));
    }

    static ReadAheadGunzip start(InputStream compressed) {
        ReadAheadGunzip content = new ReadAheadGunzip(compressed);
        content.thread.start();
        return content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        while (len > 0 && !hasContent()) {
            if (!advance()) {
                return -1;
            }
        }
        return copy(b, off, len);
    }

    /** Reads content of the current gzip member; returns -1 at its end without looking at what follows. */
    int readMember(byte[] b) throws IOException {
        while (!hasContent()) {
            if (betweenMembers || !advance()) {
                return -1;
            }
        }
        return copy(b, 0, b.length);
    }

    private boolean hasContent() {
        return position < block.length;
    }

    private int copy(byte[] b, int off, int len) {
        int n = Math.min(len, block.length - position);
        System.arraycopy(block.bytes, position, b, off, n);
        position += n;
        betweenMembers = position == block.length && block.endsMember;
        return n;
    }

    /** Moves to the next block; returns false at the end. */
    private boolean advance() throws IOException {
        if (block.failure != null) {
            throw rethrow(block.failure);
        }
        if (block.last) {
            return false;
        }
        if (block != NOTHING_YET) {
            pipe.emptied(block);
        }
        block = receive();
        position = 0;
        betweenMembers |= block.length == 0 && block.endsMember;
        return true;
    }

    private Block receive() throws IOException {
        try {
            while (true) {
                boolean running = thread.isAlive();
                Block received = pipe.poll();
                if (received != null) {
                    return received;
                }
                if (!running) {
                    throw new IOException("the decompression thread ended unexpectedly");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while reading an archive").initCause(e);
        }
    }

    /** Preserves the type of the failure and adds the stack trace of this thread. */
    private static IOException rethrow(Throwable failure) {
        failure.addSuppressed(new IOException("while reading the decompressed archive"));
        if (failure instanceof IOException e) {
            return e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return new IOException("cannot decompress an archive", failure);
    }

    /** Stops the second thread after its current read; gives up waiting if that read hangs. */
    @Override
    public void close() {
        pipe.close();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
