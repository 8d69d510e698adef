package dev.sluice.server.download;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A download of part of a file by one client. Counts the bytes sent and fails if the client is too slow. Closing it
 * closes the file. Not thread-safe, except {@link #close}.
 */
public final class FileDownload implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(FileDownload.class);

    /** A client that stays slower than this occupies a connection and an open file without need. */
    private static final long MIN_BYTES_PER_SECOND = 16 * 1024;

    private static final Duration GRACE = Duration.ofSeconds(60);

    /** The thread's other connections wait in the meantime, and a client could read as fast as the server sends. */
    private static final long MAX_BYTES_PER_TURN = 4 * 1024 * 1024;

    private final Downloads downloads;
    private final FileSource source;
    private final Path path;
    private final long length;
    private final long startNanos = System.nanoTime();
    private final long deadlineNanos;
    private final AtomicBoolean closed = new AtomicBoolean();
    private ByteBuffer head = ByteBuffer.allocate(0);
    private long sent;

    FileDownload(Downloads downloads, FileSource source, Path path, long length) {
        this.downloads = downloads;
        this.source = source;
        this.path = path;
        this.length = length;
        this.deadlineNanos = GRACE.plusSeconds(length / MIN_BYTES_PER_SECOND).toNanos();
    }

    /** Whether sending reads from the volume. */
    public boolean readsVolume() {
        return source instanceof FileSource.OpenFile;
    }

    /** Sets the response head, which is sent before the first byte, in one write with it where possible. */
    public void startWith(ByteBuffer headOfResponse) {
        head = headOfResponse;
    }

    /**
     * Sends as much as the target accepts, at most 4 MiB.
     *
     * @return whether the download is complete
     * @throws IOException if the client is too slow or the file was truncated
     */
    public boolean sendTo(WritableByteChannel target) throws IOException {
        if (System.nanoTime() - startNanos > deadlineNanos) {
            throw new IOException("client is slower than " + MIN_BYTES_PER_SECOND + " bytes/s; download aborted");
        }
        long moved = source.transferTo(head, sent, Math.min(length - sent, MAX_BYTES_PER_TURN), target);
        sent += moved;
        downloads.sent(moved);
        boolean complete = sent == length && !head.hasRemaining();
        if (moved == 0 && !complete && !head.hasRemaining() && source.size() <= sent) {
            throw new EOFException("file was truncated: expected " + length + " bytes");
        }
        return complete;
    }

    /** Returns the number of bytes of the file that were sent. */
    public long sentBytes() {
        return sent;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (sent != length) {
            LOG.atDebug()
                    .addKeyValue("path", path)
                    .addKeyValue("sentBytes", sent)
                    .addKeyValue("ofBytes", length)
                    .log("download aborted");
        }
        downloads.ended(sent == length, System.nanoTime() - startNanos);
        try {
            source.close();
        } catch (IOException e) {
            LOG.debug("cannot close a served file", e);
        }
    }
}
