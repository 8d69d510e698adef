package dev.sluice.artifact.server;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A finished artifact file, open for reading. It stays readable to its end when it is collected or replaced meanwhile.
 * For one thread; the caller closes it.
 */
public final class ServedFile implements Closeable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final FileVersion version;
    private final FileChannel channel;

    ServedFile(Path path, FileVersion version, FileChannel channel) {
        this.path = path;
        this.version = version;
        this.channel = channel;
    }

    /** Where the file was found. By the time of a second look the name may be gone or stand for other bytes. */
    public Path path() {
        return path;
    }

    /** Size and modification time of exactly the file that is open. */
    public FileVersion version() {
        return version;
    }

    /** The open file; positional reads leave its position alone. Interrupting a reader closes it. */
    public FileChannel channel() {
        return channel;
    }

    /**
     * Copies part of the file through one small buffer.
     *
     * @throws EOFException if the file has become shorter: the answer must be cut off then, not completed
     */
    public void writeTo(OutputStream out, long offset, long length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, Math.max(1, length)));
        long position = offset;
        long end = offset + length;
        while (position < end) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
            int read = channel.read(buffer, position);
            if (read < 0) {
                throw new EOFException("file '" + path + "' ended at byte " + position + ", " + end + " were promised");
            }
            out.write(buffer.array(), 0, read);
            position += read;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
