package dev.sluice.artifact.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A piece of the content on its way through compression. Filled and written by one thread, compressed by the same or
 * another one; the task that compresses orders their accesses.
 */
final class GzipChunk {

    /** Part of the format: another size gives other bytes for the same content. */
    static final int CHUNK_BYTES = 256 * 1024;

    /** As far back as deflate can refer. */
    private static final int DICTIONARY_BYTES = 32 * 1024;

    /** Room for content that does not compress, so that one call always ends a chunk. */
    private static final int OUTPUT_BYTES = CHUNK_BYTES + CHUNK_BYTES / 32 + 1024;

    private final byte[] input = new byte[DICTIONARY_BYTES + CHUNK_BYTES];
    private final byte[] output = new byte[OUTPUT_BYTES];
    private final Deflater deflater;
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

    /** Makes this the empty chunk that follows {@code before}, which is full. */
    void primeWith(GzipChunk before) {
        dictionaryLength = DICTIONARY_BYTES;
        int end = before.dictionaryLength + before.length;
        System.arraycopy(before.input, end - DICTIONARY_BYTES, input, 0, DICTIONARY_BYTES);
        length = 0;
        last = false;
    }

    /** Takes as many of the bytes as there is room for. */
    int add(byte[] bytes, int offset, int count) {
        int n = Math.min(count, CHUNK_BYTES - length);
        System.arraycopy(bytes, offset, input, dictionaryLength + length, n);
        length += n;
        return n;
    }

    /** Takes what one read from {@code in} gives, at most as much as there is room for; -1 at its end. */
    int readFrom(InputStream in, CRC32 crc) throws IOException {
        int start = dictionaryLength + length;
        int n = in.read(input, start, CHUNK_BYTES - length);
        if (n > 0) {
            crc.update(input, start, n);
            length += n;
        }
        return n;
    }

    void markLast() {
        last = true;
    }

    /** Holds the lock all the time, so that nobody frees the compressor under it. */
    synchronized void compress() {
        if (released) {
            return;
        }
        deflater.reset();
        if (dictionaryLength > 0) {
            deflater.setDictionary(input, 0, dictionaryLength);
        }
        deflater.setInput(input, dictionaryLength, length);
        if (last) {
            deflater.finish();
        }
        outputLength = deflater.deflate(output, 0, output.length, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
        if (outputLength == output.length) {
            throw new IllegalStateException("a compressed chunk is larger than zlib allows");
        }
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(output, 0, outputLength);
    }

    /** Frees the compressor, after a compression under way; one that has not begun will do nothing. */
    synchronized void release() {
        released = true;
        deflater.end();
    }
}
