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
 * A complete artifact file, open for reading or, if it is small, in memory. It stays readable even if it is garbage
 * collected or replaced. Confined to one thread; the caller must close it.
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

    /**
     * Creates a file from a buffer with its whole content, which must not be modified; several threads may share the
     * buffer.
     */
    static ServedFile inMemory(Path path, BasicFileAttributes attributes, ByteBuffer content) {
        return new ServedFile(path, attributes, null, content.asReadOnlyBuffer());
    }

    /** Whether the attributes are those of this file, unchanged. */
    boolean isStill(BasicFileAttributes now) {
        return Objects.equals(fileKey, now.fileKey()) && version.equals(FileVersion.of(now));
    }

    /** Returns the path of the file, at which there may no longer be the same file. */
    public Path path() {
        return path;
    }

    /** Returns the size and modification time of the open file. */
    public FileVersion version() {
        return version;
    }

    /** Returns the headers of a response with the whole file; cached, because most responses are of this kind. */
    Map<String, String> wholeHeaders() {
        return wholeHeaders;
    }

    /** Returns the whole content as a read-only buffer if it is in memory; otherwise use {@link #channel}. */
    public Optional<ByteBuffer> content() {
        return content == null ? Optional.empty() : Optional.of(content.duplicate());
    }

    /**
     * Returns the open file; positional reads do not change its position. Interrupting a reader closes it.
     *
     * @throws IllegalStateException if the {@link #content} is in memory
     */
    public FileChannel channel() {
        if (channel == null) {
            throw new IllegalStateException("file '" + path + "' is in memory; use its content");
        }
        return channel;
    }

    /**
     * Copies part of the file, from memory or through a small buffer.
     *
     * @throws EOFException if the file has become shorter; the response must be aborted then
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
                throw new EOFException("file '" + path + "' ended at byte " + position + " of " + end);
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
