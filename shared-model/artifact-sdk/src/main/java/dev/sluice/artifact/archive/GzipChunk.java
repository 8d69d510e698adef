package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A chunk of content and its compressed form. One thread fills and writes it, the same or another one compresses it;
 * the compression task orders their accesses.
 */
final class GzipChunk {

    /** Part of the format: another size produces other bytes for the same content. */
    static final int CHUNK_BYTES = 256 * 1024;

    /** The maximum back-reference of deflate. */
    private static final int DICTIONARY_BYTES = 32 * 1024;

    /** Size of the first buffer, which grows: most archives have a few small files. */
    private static final int FIRST_BYTES = 8 * 1024;

    private final Deflater deflater;
    private byte[] input = new byte[FIRST_BYTES];
    private byte[] output = new byte[0];
    private int dictionaryLength;
    private int length;
    private int outputLength;
    private boolean last;
    private boolean released;

    GzipChunk(int level) {
        deflater = new Deflater(level, true);
    }

    boolean isFull() {
        return length == CHUNK_BYTES;
    }

    /** Resets this to the empty chunk that follows {@code before}, which is full. */
    void primeWith(GzipChunk before) {
        dictionaryLength = 0;
        length = 0;
        reserve(DICTIONARY_BYTES);
        dictionaryLength = DICTIONARY_BYTES;
        int end = before.dictionaryLength + before.length;
        System.arraycopy(before.input, end - DICTIONARY_BYTES, input, 0, DICTIONARY_BYTES);
        last = false;
    }

    /** Adds as many bytes as fit and returns their number. */
    int add(byte[] bytes, int offset, int count) {
        int n = Math.min(count, CHUNK_BYTES - length);
        reserve(n);
        System.arraycopy(bytes, offset, input, dictionaryLength + length, n);
        length += n;
        return n;
    }

    /** Adds the bytes of one read from {@code in}, at most as many as fit; returns -1 at its end. */
    int readFrom(InputStream in, CRC32 crc) throws IOException {
        reserve(1);
        int start = dictionaryLength + length;
        int n = in.read(input, start, Math.min(input.length - start, CHUNK_BYTES - length));
        if (n > 0) {
            crc.update(input, start, n);
            length += n;
        }
        return n;
    }

    /** Makes room for further bytes: doubles the buffer, up to that of a full chunk. */
    private void reserve(int count) {
        int needed = dictionaryLength + length + count;
        if (needed > input.length) {
            int size = Math.min(DICTIONARY_BYTES + CHUNK_BYTES, Math.max(needed, 2 * input.length));
            input = Arrays.copyOf(input, size);
        }
    }

    void markLast() {
        last = true;
    }

    boolean isLast() {
        return last;
    }

    /** Holds the lock throughout, so that the deflater cannot be freed meanwhile. */
    synchronized void compress() {
        if (released) {
            return;
        }
        deflater.reset();
        if (dictionaryLength > 0) {
            deflater.setDictionary(input, 0, dictionaryLength);
        }
        // enough for incompressible content, so that one call always completes a chunk
        int most = length + length / 32 + 1024;
        if (output.length < most) {
            output = new byte[most];
        }
        deflater.setInput(input, dictionaryLength, length);
        if (last) {
            deflater.finish();
        }
        outputLength = deflater.deflate(output, 0, output.length, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
        if (outputLength == output.length) {
            throw new IllegalStateException("a compressed chunk exceeds zlib's maximum size");
        }
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(output, 0, outputLength);
    }

    /** Frees the deflater once a running compression has ended; a compression that has not started does nothing. */
    synchronized void release() {
        released = true;
        deflater.end();
    }
}
