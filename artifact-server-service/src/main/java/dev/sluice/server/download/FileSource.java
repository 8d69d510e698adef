package dev.sluice.server.download;

import dev.sluice.artifact.server.ServedFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** The bytes of a download; positions are relative to the first one. */
interface FileSource extends Closeable {

    /** Measured: up to this size, one copy costs less than the two system calls of sendfile. */
    int MAX_COPIED_BYTES = 48 * 1024;

    /** Writes the head, then bytes of the body, as far as the target accepts them; returns the number of body bytes. */
    long transferTo(ByteBuffer head, long position, long count, WritableByteChannel target) throws IOException;

    /** Returns the number of bytes. */
    long size() throws IOException;

    /**
     * Returns part of a file. A small part is read at once, while the response can still become an error.
     *
     * @throws IOException if the file cannot be read; it is closed
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
                throw new EOFException("file was truncated: expected " + length + " bytes");
            }
        }
        return content.flip();
    }

    /** An open file, sent by sendfile, except for the first bytes, which are copied. */
    record OpenFile(FileChannel file, long offset) implements FileSource {

        /** Number of bytes sent together with the head; copying them costs less than a separate packet for the head. */
        private static final int FIRST_BYTES = 32 * 1024;

        private static final int MAX_HEAD_BYTES = 4 * 1024;

        /** Number of bytes read at a time for TLS: four records. Without TLS, the buffer holds a head and the first bytes. */
        private static final int TLS_BYTES = 64 * 1024;

        private static final ThreadLocal<ByteBuffer> BUFFER =
                ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(TLS_BYTES));

        @Override
        public long transferTo(ByteBuffer head, long position, long count, WritableByteChannel target)
                throws IOException {
            if (!head.hasRemaining()) {
                return send(offset + position, count, target);
            }
            long sent = sendFirstBytes(head, position, count, target);
            boolean allAccepted = sent == Math.min(count, FIRST_BYTES);
            return allAccepted && sent < count ? sent + send(offset + position + sent, count - sent, target) : sent;
        }

        private long send(long from, long count, WritableByteChannel target) throws IOException {
            return target instanceof SelectableChannel
                    ? file.transferTo(from, count, target)
                    : copy(from, count, target);
        }

        /** For TLS, which the kernel cannot send: reads more at a time than transferTo would. */
        private long copy(long from, long count, WritableByteChannel target) throws IOException {
            ByteBuffer buffer = BUFFER.get();
            long sent = 0;
            boolean allAccepted = true;
            while (allAccepted && sent < count) {
                buffer.clear().limit((int) Math.min(count - sent, TLS_BYTES));
                if (file.read(buffer, from + sent) <= 0) {
                    // truncated
                    return sent;
                }
                sent += target.write(buffer.flip());
                allAccepted = !buffer.hasRemaining();
            }
            return sent;
        }

        /** Sends the head with the first bytes: Java cannot set TCP_CORK, and a separate head would wake the client twice. */
        private long sendFirstBytes(ByteBuffer head, long position, long count, WritableByteChannel target)
                throws IOException {
            if (head.remaining() > MAX_HEAD_BYTES) {
                target.write(head);
                return 0;
            }
            ByteBuffer buffer = BUFFER.get().clear().put(head.duplicate());
            buffer.limit(buffer.position() + (int) Math.min(count, FIRST_BYTES));
            long from = offset + position - buffer.position();
            while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) > 0) {
                // a truncated file is detected when the rest is sent
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

    /** A small part in memory; head and body are sent in one write. */
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
