package dev.sluice.artifact.spiffe;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The method FetchX509SVID of a Workload API on a Unix domain socket, as far as a client can tell: gRPC over HTTP/2. Sends
 * each update to all streams. A request without a message is one for a method that does not exist. Does not read the rest
 * of requests; tests with SPIRE and go-spiffe show that they are right.
 */
public final class FakeWorkloadApi implements AutoCloseable {

    private static final int PREFACE_BYTES = 24;
    private static final int MAX_FRAME_BYTES = 16_384;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;

    private final Path socket;
    private final ServerSocketChannel server;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicInteger probes = new AtomicInteger();
    private volatile CountDownLatch answering = new CountDownLatch(0);
    private byte[] current = new byte[0];
    private byte[] refusal = new byte[0];

    private FakeWorkloadApi(Path socket, ServerSocketChannel server) {
        this.socket = socket;
        this.server = server;
    }

    /** Listens on this path. Clients get no update before the first one is published. */
    public static FakeWorkloadApi open(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        FakeWorkloadApi api = new FakeWorkloadApi(socket, server);
        start(api::accept);
        return api;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fake-workload-api");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the value of {@code SPIFFE_ENDPOINT_SOCKET}. */
    public String address() {
        return "unix://" + socket;
    }

    /** Sends an update to all clients, also to later ones. */
    public synchronized void publish(byte[] update) throws IOException {
        current = update;
        refusal = new byte[0];
        for (Stream stream : streams) {
            stream.send(update);
        }
    }

    /** Ends all streams with this status, also later ones. */
    public synchronized void refuse(int status, String message) throws IOException {
        refusal = concat(literal("grpc-status", Integer.toString(status)), literal("grpc-message", message));
        for (Stream stream : streams) {
            stream.end(refusal);
        }
    }

    /** Reads no more requests of present and later clients, without closing their connections. */
    public void freeze() {
        answering = new CountDownLatch(1);
    }

    /** Reads requests again. */
    public void unfreeze() {
        answering.countDown();
    }

    /** Returns how often a method that does not exist was called. */
    public int probes() {
        return probes.get();
    }

    private synchronized void opened(Stream stream) throws IOException {
        streams.add(stream);
        if (refusal.length > 0) {
            stream.end(refusal);
        } else if (current.length > 0) {
            stream.send(current);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(SocketChannel client) {
        Stream stream = new Stream(client);
        try (client) {
            read(client, PREFACE_BYTES);
            stream.frame(SETTINGS, 0, 0, new byte[0]);
            while (true) {
                ByteBuffer head = read(client, 9);
                answering.await();
                int length = ((head.getShort() & 0xffff) << 8) | (head.get() & 0xff);
                int type = head.get();
                int flags = head.get();
                int id = head.getInt();
                byte[] payload = read(client, length).array();
                if (type == SETTINGS && flags == 0) {
                    stream.frame(SETTINGS, ACK, 0, new byte[0]);
                } else if (type == PING && flags == 0) {
                    stream.frame(PING, ACK, 0, payload);
                } else if (type == DATA && length > 0) {
                    stream.id = id;
                    opened(stream);
                } else if (type == DATA && id != stream.id) {
                    stream.refuseUnknownMethod(id);
                    probes.incrementAndGet();
                }
            }
        } catch (IOException | InterruptedException e) {
            // the client has left
        } finally {
            streams.remove(stream);
        }
    }

    private static ByteBuffer read(SocketChannel client, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (client.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }

    /** Encodes a header as a literal without indexing and without Huffman codes (RFC 7541, section 6.2.2). */
    private static byte[] literal(String name, String value) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(0);
        for (String text : new String[] {name, value}) {
            header.write(text.length());
            header.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
        return header.toByteArray();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Stream stream : streams) {
            stream.client.close();
        }
        Files.deleteIfExists(socket);
    }

    private static final class Stream {

        /** Status 200 of HTTP, from the static table. */
        private static final byte[] OK = concat(new byte[] {(byte) 0x88}, literal("content-type", "application/grpc"));

        private final SocketChannel client;
        private volatile int id;
        private boolean hasHead;

        Stream(SocketChannel client) {
            this.client = client;
        }

        synchronized void send(byte[] message) throws IOException {
            if (!hasHead) {
                hasHead = true;
                frame(HEADERS, END_HEADERS, id, OK);
            }
            ByteBuffer grpc = ByteBuffer.allocate(5 + message.length);
            grpc.put((byte) 0).putInt(message.length).put(message).flip();
            while (grpc.hasRemaining()) {
                byte[] part = new byte[Math.min(grpc.remaining(), MAX_FRAME_BYTES)];
                grpc.get(part);
                frame(DATA, 0, id, part);
            }
        }

        synchronized void end(byte[] trailers) throws IOException {
            frame(HEADERS, END_HEADERS | END_STREAM, id, hasHead ? trailers : concat(OK, trailers));
        }

        synchronized void refuseUnknownMethod(int unknown) throws IOException {
            frame(HEADERS, END_HEADERS | END_STREAM, unknown, concat(OK, literal("grpc-status", "12")));
        }

        synchronized void frame(int type, int flags, int streamId, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
            frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
            frame.put((byte) type)
                    .put((byte) flags)
                    .putInt(streamId)
                    .put(payload)
                    .flip();
            while (frame.hasRemaining()) {
                client.write(frame);
            }
        }
    }
}
