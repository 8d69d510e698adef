package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * Compresses content into one gzip member, in chunks of a fixed size that several threads compress concurrently. A
 * chunk uses the end of the previous one as its dictionary, so that splitting costs almost no compression, and ends on
 * a byte boundary, so that the results can be concatenated. Chunk boundaries depend only on the content: the same
 * content produces the same bytes with any number of threads.
 *
 * <p>Does not close the underlying stream. Closing without {@link #finish} discards the output and waits only for
 * chunks that are being compressed.
 */
final class GzipOutput extends OutputStream {

    /** Magic, deflate, no flags, no time, no extra flags, unknown system: independent of the environment. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** Full chunks queued for a thread; with fewer, threads would wait for the next chunk to be filled. */
    private static final int CHUNKS_AHEAD = 2;

    private final OutputStream out;
    private final ArchiveOptions options;
    private final int mostInFlight;
    private final CRC32 crc = new CRC32();
    /** All chunks, to release them at the end. */
    private final List<GzipChunk> chunks = new ArrayList<>();

    private final Deque<Compression> inFlight = new ArrayDeque<>();
    private final Deque<GzipChunk> free = new ArrayDeque<>();
    private GzipChunk current;
    private long count;
    private boolean started;

    GzipOutput(OutputStream out, ArchiveOptions options) {
        this.out = out;
        this.options = options;
        this.mostInFlight = options.threads() == 1 ? 1 : options.threads() + CHUNKS_AHEAD;
        this.current = newChunk();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        crc.update(b, off, len);
        count += len;
        int written = 0;
        while (written < len) {
            // only if more content follows, because the last chunk must be marked as the last
            if (current.isFull()) {
                startNextChunk();
            }
            written += current.add(b, off + written, len - written);
        }
    }

    /**
     * Compresses the bytes of one read from {@code in} without an intermediate buffer; returns their number, or -1 at
     * its end.
     */
    int readFrom(InputStream in) throws IOException {
        if (current.isFull()) {
            startNextChunk();
        }
        int n = current.readFrom(in, crc);
        count += Math.max(n, 0);
        return n;
    }

    /** Submits the full chunk first, so that a free thread can start, and then writes a finished one. */
    private void startNextChunk() throws IOException {
        GzipChunk done = inFlight.size() < mostInFlight ? null : awaitOldest();
        // may be the same as done: filling it does not affect its output until it is compressed again
        GzipChunk next = free.isEmpty() ? newChunk() : free.remove();
        next.primeWith(current);
        submit(current);
        current = next;
        if (done != null) {
            write(done);
        }
    }

    private GzipChunk newChunk() {
        GzipChunk chunk = new GzipChunk(options.level());
        chunks.add(chunk);
        return chunk;
    }

    private void submit(GzipChunk chunk) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while writing an archive");
        }
        Compression compression = Compression.of(chunk);
        // awaited next, by this thread, which compresses it itself then
        boolean isOnlyOne = chunk.isLast() && inFlight.isEmpty();
        inFlight.add(compression);
        if (options.threads() > 1 && !isOnlyOne) {
            CompressionThreads.run(compression.task());
        }
    }

    private GzipChunk awaitOldest() throws IOException {
        GzipChunk done = inFlight.element().await();
        inFlight.remove();
        free.add(done);
        return done;
    }

    private void write(GzipChunk done) throws IOException {
        if (!started) {
            started = true;
            out.write(HEADER);
        }
        done.writeTo(out);
    }

    /** Writes the remaining chunks and the trailer. */
    void finish() throws IOException {
        current.markLast();
        submit(current);
        while (!inFlight.isEmpty()) {
            write(awaitOldest());
        }
        byte[] trailer = new byte[8];
        putInt(trailer, 0, (int) crc.getValue());
        putInt(trailer, 4, (int) count);
        out.write(trailer);
    }

    private static void putInt(byte[] bytes, int offset, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[offset + i] = (byte) (value >>> (8 * i));
        }
    }

    /** Frees the deflaters' native memory. */
    @Override
    public void close() {
        chunks.forEach(GzipChunk::release);
        inFlight.clear();
        free.clear();
    }
}
