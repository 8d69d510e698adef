package dev.sluice.server.download;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;

/** Where the bytes of a download come from. */
interface FileSource extends Closeable {

    /** Writes what the target takes of the head, and of the bytes behind it; returns how many of the latter it took. */
    long transferTo(ByteBuffer head, long position, long count, WritableByteChannel target) throws IOException;

    /** Reads into the buffer from a position on; negative at the end. */
    int read(ByteBuffer buffer, long position) throws IOException;

    /** How many bytes there are. */
    long size() throws IOException;

    /** An open file: its bytes go from the page cache to the socket inside the kernel, but for the first ones. */
    record OpenFile(FileChannel file) implements FileSource {

        /** So many bytes leave with the head; copying them costs less than what they save. */
        private static final int FIRST_BYTES = 32 * 1024;

        private static final int MAX_HEAD_BYTES = 4 * 1024;

        private static final ThreadLocal<ByteBuffer> BUFFER =
                ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(MAX_HEAD_BYTES + FIRST_BYTES));

        @Override
        public long transferTo(ByteBuffer head, long position, long count, WritableByteChannel target)
                throws IOException {
            if (!head.hasRemaining()) {
                return file.transferTo(position, count, target);
            }
            long begun = begin(head, position, count, target);
            boolean tookAll = begun == Math.min(count, FIRST_BYTES);
            return tookAll && begun < count ? begun + file.transferTo(position + begun, count - begun, target) : begun;
        }

        /** A head by itself is a packet of its own, for which the client is woken, finds no byte of the file, and waits. */
        private long begin(ByteBuffer head, long position, long count, WritableByteChannel target) throws IOException {
            if (head.remaining() > MAX_HEAD_BYTES) {
                target.write(head);
                return 0;
            }
            ByteBuffer buffer = BUFFER.get().clear().put(head.duplicate());
            buffer.limit(buffer.position() + (int) Math.min(count, FIRST_BYTES));
            long from = position - buffer.position();
            while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) > 0) {
                // a file that became shorter is found out by whoever sends the rest
            }
            int headBytes = head.remaining();
            int written = target.write(buffer.flip());
            head.position(head.position() + Math.min(headBytes, written));
            return Math.max(0, written - headBytes);
        }

        @Override
        public int read(ByteBuffer buffer, long position) throws IOException {
            return file.read(buffer, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A small file in memory: head and body leave in one write. */
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
        public int read(ByteBuffer buffer, long position) {
            int count = Math.min(buffer.remaining(), content.capacity() - Math.toIntExact(position));
            buffer.put(content.slice(Math.toIntExact(position), count));
            return count;
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
