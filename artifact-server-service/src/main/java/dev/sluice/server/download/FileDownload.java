package dev.sluice.server.download;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file on its way to one client: a channel that can only be transferred, that counts what left, and that gives up on a
 * client which takes far too long. Closing it closes the file. For one thread at a time.
 */
public final class FileDownload extends FileChannel {

    private static final Logger LOG = LoggerFactory.getLogger(FileDownload.class);

    /** A client that takes less for long occupies a connection and an open file for nothing. */
    private static final long MIN_BYTES_PER_SECOND = 16 * 1024;

    private static final Duration GRACE = Duration.ofSeconds(60);

    /** Other connections of the thread wait meanwhile; a client that reads as fast as this is sent would make it endless. */
    private static final long MAX_BYTES_AT_ONCE = 4 * 1024 * 1024;

    private final Downloads downloads;
    private final FileSource file;
    private final Path path;
    private final long length;
    private final long begun = System.nanoTime();
    private final long deadlineNanos;
    private ByteBuffer head = ByteBuffer.allocate(0);
    private long sent;

    FileDownload(Downloads downloads, FileSource file, Path path, long length) {
        this.downloads = downloads;
        this.file = file;
        this.path = path;
        this.length = length;
        this.deadlineNanos = GRACE.plusSeconds(length / MIN_BYTES_PER_SECOND).toNanos();
    }

    /** Whether its bytes are in memory already. */
    public boolean isInMemory() {
        return file instanceof FileSource.InMemory;
    }

    /** Takes the head of the answer, which leaves before the first byte and where possible together with it. */
    public void startWith(ByteBuffer headOfAnswer) {
        head = headOfAnswer;
    }

    /**
     * Sends the whole download through a buffer of the caller that holds all of it. Nothing is written before everything
     * is read, so that a file that cannot be read can still be answered with an error.
     */
    public void copyTo(OutputStreamOfBuffers out, long offset, ByteBuffer buffer) throws IOException {
        buffer.clear().limit(Math.toIntExact(length));
        while (buffer.hasRemaining()) {
            if (file.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException("file became shorter than the " + length + " bytes that were promised");
            }
        }
        out.write(buffer.flip());
        sent(length);
    }

    /** As {@code ServletOutputStream} since Servlet 6.1; {@link OutputStream} itself takes arrays only. */
    @FunctionalInterface
    public interface OutputStreamOfBuffers {

        /** Writes what remains in the buffer. */
        void write(ByteBuffer buffer) throws IOException;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        if (System.nanoTime() - begun > deadlineNanos) {
            throw new IOException("the client took less than " + MIN_BYTES_PER_SECOND + " bytes a second, cut off");
        }
        long moved = file.transferTo(head, position, Math.min(count, MAX_BYTES_AT_ONCE), target);
        sent(moved);
        return moved;
    }

    private void sent(long count) {
        sent += count;
        downloads.sent(count);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        if (sent != length) {
            LOG.atDebug()
                    .addKeyValue("path", path)
                    .addKeyValue("sentBytes", sent)
                    .addKeyValue("ofBytes", length)
                    .log("a download was cut off");
        }
        downloads.ended(sent == length, System.nanoTime() - begun);
        file.close();
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public long position() {
        throw onlySent();
    }

    @Override
    public int read(ByteBuffer target) {
        throw onlySent();
    }

    @Override
    public int read(ByteBuffer target, long position) {
        throw onlySent();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int count) {
        throw onlySent();
    }

    @Override
    public FileChannel position(long newPosition) {
        throw onlySent();
    }

    @Override
    public int write(ByteBuffer source) {
        throw onlySent();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int count) {
        throw onlySent();
    }

    @Override
    public int write(ByteBuffer source, long position) {
        throw onlySent();
    }

    @Override
    public FileChannel truncate(long newSize) {
        throw onlySent();
    }

    @Override
    public void force(boolean metaData) {
        throw onlySent();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw onlySent();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long count) {
        throw onlySent();
    }

    @Override
    public FileLock lock(long position, long count, boolean shared) {
        throw onlySent();
    }

    @Override
    public FileLock tryLock(long position, long count, boolean shared) {
        throw onlySent();
    }

    private static UnsupportedOperationException onlySent() {
        return new UnsupportedOperationException("a download is only sent");
    }
}
