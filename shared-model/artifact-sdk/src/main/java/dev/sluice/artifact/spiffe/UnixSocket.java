package dev.sluice.artifact.spiffe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A Unix domain socket as a {@link Socket}, which the JDK does not offer. Connects to one address, whatever the client
 * asks for. Does not use {@code Channels}: until JDK 19, a thread that reads from its streams blocks one that writes.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // the channel is thread-safe; close must not wait for anything
final class UnixSocket extends Socket {

    private final SocketAddress address;
    private final SocketChannel channel;

    UnixSocket(SocketAddress address) throws IOException {
        this.address = address;
        this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    }

    @Override
    public void connect(SocketAddress ignored, int timeoutMillis) throws IOException {
        channel.connect(address);
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                return channel.read(ByteBuffer.wrap(to, offset, length));
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        };
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public void setSoTimeout(int millis) {
        // reads are not limited: the stream waits for updates
    }

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return address;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
