package dev.sluice.artifact.server;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finished artifact file: open for reading, or small and in memory. It stays readable to its end when it is collected
 * or replaced meanwhile. For one thread; the caller closes it.
 */
public final class ServedFile implements Closeable {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path path;
    private final FileVersion version;
    private final @Nullable FileChannel channel;
    private final @Nullable ByteBuffer content;
    private final @Nullable Object fileKey;
    private final Map<String, String> wholeHeaders;

    private ServedFile(
            Path path, BasicFileAttributes attributes, @Nullable FileChannel channel, @Nullable ByteBuffer content) {
        this.path = path;
        this.version = FileVersion.of(attributes);
        this.channel = channel;
        this.content = content;
        this.fileKey = attributes.fileKey();
        this.wholeHeaders = FileResponse.wholeHeaders(path, version);
    }

    static ServedFile open(Path path, BasicFileAttributes attributes, FileChannel channel) {
        return new ServedFile(path, attributes, channel, null);
    }

    /** Takes the buffer, which holds the whole file and is not written any more; any number of threads may share it. */
    static ServedFile inMemory(Path path, BasicFileAttributes attributes, ByteBuffer content) {
        return new ServedFile(path, attributes, null, content.asReadOnlyBuffer());
    }

    /** Whether attributes are those of this very file, unchanged. */
    boolean isStill(BasicFileAttributes now) {
        return Objects.equals(fileKey, now.fileKey()) && version.equals(FileVersion.of(now));
    }

    /** Where the file was found. By the time of a second look the name may be gone or stand for other bytes. */
    public Path path() {
        return path;
    }

    /** Size and modification time of exactly the file that is open. */
    public FileVersion version() {
        return version;
    }

    /** The headers of an answer that sends all of it; kept, since most answers are such. */
    Map<String, String> wholeHeaders() {
        return wholeHeaders;
    }

    /** The whole content where it is in memory, as a read-only buffer of the caller's own; else {@link #channel} has it. */
    public Optional<ByteBuffer> content() {
        return content == null ? Optional.empty() : Optional.of(content.duplicate());
    }

    /**
     * The open file; positional reads leave its position alone. Interrupting a reader closes it.
     *
     * @throws IllegalStateException if the file is not open because its {@link #content} is in memory
     */
    public FileChannel channel() {
        if (channel == null) {
            throw new IllegalStateException("file '" + path + "' is in memory, take its content");
        }
        return channel;
    }

    /**
     * Copies part of the file, from memory or through one small buffer.
     *
     * @throws EOFException if the file has become shorter: the answer must be cut off then, not completed
     */
    public void writeTo(OutputStream out, long offset, long length) throws IOException {
        ByteBuffer held = content().orElse(null);
        if (held != null) {
            byte[] part = new byte[Math.toIntExact(length)];
            held.get(Math.toIntExact(offset), part);
            out.write(part);
        } else {
            copyTo(out, offset, length);
        }
    }

    private void copyTo(OutputStream out, long offset, long length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, Math.max(1, length)));
        long position = offset;
        long end = offset + length;
        while (position < end) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
            int read = channel().read(buffer, position);
            if (read < 0) {
                throw new EOFException("file '" + path + "' ended at byte " + position + ", " + end + " were promised");
            }
            out.write(buffer.array(), 0, read);
            position += read;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
