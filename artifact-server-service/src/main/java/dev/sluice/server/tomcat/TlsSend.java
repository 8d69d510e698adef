package dev.sluice.server.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * One turn of a download over TLS: encrypts and sends as much as the socket accepts, up to a limit, because the thread's
 * other connections wait. Measures its time, which does not depend on the volume.
 */
final class TlsSend implements GatheringByteChannel {

    /** A poller counts as blocked after 150 ms; before the JVM has compiled the cipher, it encrypts 10 MB/s. */
    private static final long MAX_BYTES = 512 * 1024;

    private final TlsChannel channel;
    private long sent;
    private long nanos;

    TlsSend(TlsChannel channel) {
        this.channel = channel;
    }

    /** Whether the socket has accepted everything that was encrypted. */
    boolean isFlushed() throws IOException {
        if (channel.getOutboundRemaining() > 0) {
            channel.flushOutbound();
        }
        return channel.getOutboundRemaining() == 0;
    }

    long nanos() {
        return nanos;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return (int) write(new ByteBuffer[] {from});
    }

    @Override
    public long write(ByteBuffer[] from) throws IOException {
        return write(from, 0, from.length);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        long startNanos = System.nanoTime();
        long written = 0;
        while (sent < MAX_BYTES && hasRemaining(from, offset, length)) {
            long accepted = channel.writeRecords(from, offset, length);
            if (accepted == 0) {
                break;
            }
            written += accepted;
            sent += accepted;
        }
        nanos += System.nanoTime() - startNanos;
        return written;
    }

    private static boolean hasRemaining(ByteBuffer[] from, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (from[i].hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** The connection closes the channel. */
    @Override
    public void close() {}
}
