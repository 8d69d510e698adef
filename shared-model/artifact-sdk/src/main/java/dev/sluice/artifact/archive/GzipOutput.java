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
 * Compresses what is written to it into one gzip member, in chunks of a fixed size that several threads compress at the
 * same time. A chunk starts with the end of the one before as its dictionary, so that cutting costs next to nothing, and
 * ends on a byte boundary, so that the results are simply put together. Where the cuts are depends on the content alone:
 * the same content gives the same bytes with any number of threads.
 *
 * <p>Does not close the stream behind it. Closing without {@link #finish} gives up, waiting only for chunks that are being
 * compressed at that moment.
 */
final class GzipOutput extends OutputStream {

    /** Magic, deflate, no flags, no time, no extra flags, unknown system: nothing that depends on where this runs. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** Full chunks that wait for a thread: with fewer, threads wait for the next one to be filled. */
    private static final int CHUNKS_AHEAD = 2;

    private final OutputStream out;
    private final ArchiveOptions options;
    private final int mostInFlight;
    private final CRC32 crc = new CRC32();
    /** All there are, wherever they are, for the end. */
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
            // only when more comes: the last chunk, however full, must be known to be the last
            if (current.isFull()) {
                startNextChunk();
            }
            written += current.add(b, off + written, len - written);
        }
    }

    /** Compresses the bytes of one read from {@code in}, without a buffer in between; how many, or -1 at its end. */
    int readFrom(InputStream in) throws IOException {
        if (current.isFull()) {
            startNextChunk();
        }
        int n = current.readFrom(in, crc);
        count += Math.max(n, 0);
        return n;
    }

    /** A thread that becomes free gets the full chunk first; what it has made is written after that. */
    private void startNextChunk() throws IOException {
        GzipChunk done = inFlight.size() < mostInFlight ? null : awaitOldest();
        // may be the same as done: filling it leaves its result alone until it is compressed again
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
        inFlight.add(compression);
        if (options.threads() > 1) {
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

    /** Writes all that is left and the trailer. */
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

    /** Frees the compressors, whose memory is outside the heap. */
    @Override
    public void close() {
        chunks.forEach(GzipChunk::release);
        inFlight.clear();
        free.clear();
    }
}
