package dev.sluice.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Connections whose handshake never ends: silent, with an incomplete ClientHello, and silent after the ClientHello. */
final class UnfinishedHandshakes implements Closeable {

    private final InetSocketAddress server;
    private final byte[] hello;
    private final List<Socket> sockets = new ArrayList<>();

    UnfinishedHandshakes(InetSocketAddress server, SSLContext client) throws IOException {
        this.server = server;
        this.hello = clientHello(client);
    }

    static byte[] clientHello(SSLContext client) throws IOException {
        SSLEngine engine = client.createSSLEngine();
        engine.setUseClientMode(true);
        engine.beginHandshake();
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), record);
        byte[] bytes = new byte[record.flip().remaining()];
        record.get(bytes);
        return bytes;
    }

    void open(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(server.getAddress(), server.getPort());
            sockets.add(socket);
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(hello, 0, i % 3 == 0 ? 0 : i % 3 == 1 ? 40 : hello.length);
        }
    }

    /** Waits until the server has closed all of them. */
    void awaitEnd() throws IOException {
        for (Socket socket : sockets) {
            readUntilClosed(socket);
        }
    }

    private static void readUntilClosed(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException reset) {
            // closed
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
