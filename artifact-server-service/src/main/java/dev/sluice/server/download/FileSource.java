package dev.sluice.server.download;

import dev.sluice.artifact.server.ServedFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** The bytes of a download, counted from its first one. */
interface FileSource extends Closeable {

    /** Measured: up to this size one copy costs less than the two system calls of sendfile. */
    int MAX_COPIED_BYTES = 48 * 1024;

    /** Writes what the target takes of the head and of the bytes after it; returns how many of the latter it took. */
    long transferTo(ByteBuffer head, long position, long count, WritableByteChannel target) throws IOException;

    /** How many bytes there are. */
    long size() throws IOException;

    /**
     * Part of a file. A small one is read here, while the response can still become an error.
     *
     * @throws IOException if the file cannot be read; it is closed then
     */
    static FileSource of(ServedFile file, long offset, long length) throws IOException {
        Optional<ByteBuffer> content = file.content();
        if (content.isPresent()) {
            return new InMemory(content.get().slice(Math.toIntExact(offset), Math.toIntExact(length)));
        }
        if (length > MAX_COPIED_BYTES) {
            return new OpenFile(file.channel(), offset);
        }
        try (file) {
            return new InMemory(read(file.channel(), offset, Math.toIntExact(length)));
        }
    }

    private static ByteBuffer read(FileChannel file, long offset, int length) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(length);
        while (content.hasRemaining()) {
            if (file.read(content, offset + content.position()) < 0) {
                throw new EOFException("file became shorter than the " + length + " bytes that were promised");
            }
        }
        return content.flip();
    }

    /** An open file: its bytes go from the page cache to the socket inside the kernel, except the first ones. */
    record OpenFile(FileChannel file, long offset) implements FileSource {

        /** This many bytes are sent with the head; copying them costs less than a packet for the head alone. */
        private static final int FIRST_BYTES = 32 * 1024;

        private static final int MAX_HEAD_BYTES = 4 * 1024;

        private static final ThreadLocal<ByteBuffer> BUFFER =
                ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(MAX_HEAD_BYTES + FIRST_BYTES));

        @Override
        public long transferTo(ByteBuffer head, long position, long count, WritableByteChannel target)
                throws IOException {
            if (!head.hasRemaining()) {
                return file.transferTo(offset + position, count, target);
            }
            long begun = begin(head, position, count, target);
            boolean tookAll = begun == Math.min(count, FIRST_BYTES);
            return tookAll && begun < count
                    ? begun + file.transferTo(offset + position + begun, count - begun, target)
                    : begun;
        }

        /** Java cannot set TCP_CORK: a head alone would wake the client, which finds no byte of the file and waits again. */
        private long begin(ByteBuffer head, long position, long count, WritableByteChannel target) throws IOException {
            if (head.remaining() > MAX_HEAD_BYTES) {
                target.write(head);
                return 0;
            }
            ByteBuffer buffer = BUFFER.get().clear().put(head.duplicate());
            buffer.limit(buffer.position() + (int) Math.min(count, FIRST_BYTES));
            long from = offset + position - buffer.position();
            while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) > 0) {
                // a file that became shorter is detected when the rest is sent
            }
            int headBytes = head.remaining();
            int written = target.write(buffer.flip());
            head.position(head.position() + Math.min(headBytes, written));
            return Math.max(0, written - headBytes);
        }

        @Override
        public long size() throws IOException {
            return file.size() - offset;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A small part in memory: head and body leave in one write. */
    record InMemory(ByteBuffer content) implements FileSource {

        @Override
        public long transferTo(ByteBuffer head, long position, long count, WritableByteChannel target)
                throws IOException {
            ByteBuffer body = content.slice(Math.toIntExact(position), Math.toIntExact(count));
            if (target instanceof GatheringByteChannel gathering && head.hasRemaining()) {
                gathering.write(new ByteBuffer[] {head, body});
                return body.position();
            }
            if (head.hasRemaining()) {
                target.write(head);
            }
            return head.hasRemaining() ? 0 : target.write(body);
        }

        @Override
        public long size() {
            return content.capacity();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
