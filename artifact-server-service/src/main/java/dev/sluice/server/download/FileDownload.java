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
 * Part of a file on its way to one client. Counts the bytes sent and fails when the client takes far too long. Closing it
 * closes the file. For one thread at a time, except {@link #close}.
 */
public final class FileDownload implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(FileDownload.class);

    /** A client that takes less over a long time occupies a connection and an open file for nothing. */
    private static final long MIN_BYTES_PER_SECOND = 16 * 1024;

    private static final Duration GRACE = Duration.ofSeconds(60);

    /** Other connections of the thread wait meanwhile, and a client that reads as fast as this sends would make it endless. */
    private static final long MAX_BYTES_AT_ONCE = 4 * 1024 * 1024;

    private final Downloads downloads;
    private final FileSource source;
    private final Path path;
    private final long length;
    private final long begun = System.nanoTime();
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

    /** Whether sending it reads from the volume. */
    public boolean readsVolume() {
        return source instanceof FileSource.OpenFile;
    }

    /** Takes the head of the response, which is sent before the first byte and where possible together with it. */
    public void startWith(ByteBuffer headOfResponse) {
        head = headOfResponse;
    }

    /**
     * Sends what the target takes, at most 4 MB.
     *
     * @return whether everything is sent
     * @throws IOException if the client takes too long, or the file became shorter
     */
    public boolean sendTo(WritableByteChannel target) throws IOException {
        if (System.nanoTime() - begun > deadlineNanos) {
            throw new IOException("client took less than " + MIN_BYTES_PER_SECOND + " bytes a second, cut off");
        }
        long moved = source.transferTo(head, sent, Math.min(length - sent, MAX_BYTES_AT_ONCE), target);
        sent += moved;
        downloads.sent(moved);
        boolean complete = sent == length && !head.hasRemaining();
        if (moved == 0 && !complete && !head.hasRemaining() && source.size() <= sent) {
            throw new EOFException("file became shorter than the " + length + " bytes that were promised");
        }
        return complete;
    }

    /** How many bytes of the file were sent. */
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
        downloads.ended(sent == length, System.nanoTime() - begun);
        try {
            source.close();
        } catch (IOException e) {
            LOG.debug("cannot close a file that was sent", e);
        }
    }
}
