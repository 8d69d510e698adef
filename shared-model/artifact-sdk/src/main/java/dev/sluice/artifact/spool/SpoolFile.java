package dev.sluice.artifact.spool;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.BlobStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file to which content is appended; each piece is returned as a {@link Blob} that reads its slice of the file.
 * Thread-safe: one writer at a time appends while others read. It does not use a file channel, because interrupting one
 * reader would close the channel for all.
 */
public final class SpoolFile implements BlobStore, Closeable {

    private static final int BUFFER_BYTES = 128 * 1024;

    private final Path path;
    private final RandomAccessFile file;
    private final Object appending = new Object();
    /** Guarded by {@code appending}; shared by all appends, because most content is much smaller. */
    private final byte[] buffer = new byte[BUFFER_BYTES];

    private long size;
    private boolean closed;

    private SpoolFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Creates the file, readable only by its owner.
     *
     * @throws FileAlreadyExistsException if the path already exists
     * @throws IOException if the file cannot be created
     */
    public static SpoolFile create(Path path) throws IOException {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new SpoolFile(path, new RandomAccessFile(path.toFile(), "rw"));
    }

    /** Appends {@code content} up to its end; other appends wait. On failure, truncates the file to its former size. */
    @Override
    public Blob store(InputStream content) throws IOException {
        synchronized (appending) {
            long start = size();
            try {
                long end = start;
                for (int n = fill(content); n > 0; n = fill(content)) {
                    Interruption.check();
                    writeAt(end, buffer, n);
                    end += n;
                }
                commit(end);
                return new Slice(this, start, end - start);
            } catch (IOException | RuntimeException e) {
                truncate(start, e);
                throw e;
            }
        }
    }

    private int fill(InputStream content) throws IOException {
        return content.readNBytes(buffer, 0, buffer.length);
    }

    @Override
    public Blob store(byte[] content) throws IOException {
        synchronized (appending) {
            long start = size();
            writeAt(start, content, content.length);
            commit(start + content.length);
            return new Slice(this, start, content.length);
        }
    }

    private synchronized void writeAt(long position, byte[] bytes, int length) throws IOException {
        checkOpen();
        file.seek(position);
        file.write(bytes, 0, length);
    }

    private synchronized void truncate(long length, Exception reason) {
        try {
            if (!closed) {
                file.setLength(length);
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private synchronized void commit(long newSize) {
        size = newSize;
    }

    synchronized void readAt(long position, byte[] bytes, int offset, int length) throws IOException {
        checkOpen();
        file.seek(position);
        file.readFully(bytes, offset, length);
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("spool file \"" + path + "\" is closed and its content no longer available");
        }
    }

    /** Returns the number of bytes appended so far. */
    public synchronized long size() {
        return size;
    }

    /** Returns the path of the file, even after {@link #unlink}. */
    public Path path() {
        return path;
    }

    /**
     * Removes the file's directory entry; its content stays readable until this is closed. Does nothing if it is
     * already gone.
     *
     * @throws IOException if the directory entry cannot be removed
     */
    public void unlink() throws IOException {
        Files.deleteIfExists(path);
    }

    /** Closes the file; blobs can no longer be read. Does not delete a file that was not unlinked. Idempotent. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
    }
}
