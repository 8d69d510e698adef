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

    /** An open file: its bytes go from the page cache to the socket inside the kernel. */
    record OpenFile(FileChannel file) implements FileSource {

        @Override
        public long transferTo(ByteBuffer head, long position, long count, WritableByteChannel target)
                throws IOException {
            if (head.hasRemaining()) {
                target.write(head);
            }
            return head.hasRemaining() ? 0 : file.transferTo(position, count, target);
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
