package dev.sluice.artifact.spiffe;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Calls the method FetchX509SVID of a Workload API, a gRPC server stream of updates. */
final class WorkloadApiStream implements Closeable {

    /** Receives messages. */
    interface Receiver {
        void receive(ByteBuffer message) throws IOException;
    }

    private static final String METHOD = "http://localhost/SpiffeWorkloadAPI/FetchX509SVID";
    private static final MediaType GRPC = MediaType.get("application/grpc");

    /** An empty message, not compressed: a flag and four bytes of length. */
    private static final byte[] EMPTY_MESSAGE = new byte[5];

    /** The limit of gRPC libraries. */
    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final OkHttpClient client;
    private final WorkloadApiProbe probe;
    private volatile @Nullable Call call;
    private volatile boolean closed;

    WorkloadApiStream(WorkloadApiAddress address) {
        this(address, WorkloadApiProbe.Timing.DEFAULT);
    }

    WorkloadApiStream(WorkloadApiAddress address, WorkloadApiProbe.Timing probes) {
        client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .socketFactory(new WorkloadApiSockets(address.socket()))
                .dns(host -> List.of(InetAddress.getLoopbackAddress()))
                .proxy(Proxy.NO_PROXY)
                .connectTimeout(CONNECT_LIMIT)
                // updates arrive when certificates are rotated
                .readTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .build();
        probe = new WorkloadApiProbe(client, probes);
    }

    /**
     * Receives messages until the stream ends.
     *
     * @throws IOException always; how the stream ended
     */
    void receive(Receiver receiver) throws IOException {
        Call started = client.newCall(new Request.Builder()
                .url(METHOD)
                .post(RequestBody.create(EMPTY_MESSAGE, GRPC))
                .header("te", "trailers")
                .header("accept-encoding", "identity")
                .header("workload.spiffe.io", "true")
                .build());
        call = started;
        if (closed) {
            started.cancel();
        }
        try (WorkloadApiProbe.Running probing = probe.start(started)) {
            try {
                run(started, receiver);
            } catch (IOException e) {
                throw probing.foundSilence() ? new IOException("the agent does not answer", e) : e;
            }
        } finally {
            // the next stream does not use a connection that failed
            client.connectionPool().evictAll();
        }
    }

    private static void run(Call started, Receiver receiver) throws IOException {
        try (Response response = started.execute()) {
            if (response.code() != 200) {
                throw new IOException("HTTP " + response.code());
            }
            receive(response.body().source(), receiver);
            throw end(response);
        }
    }

    private static void receive(BufferedSource in, Receiver receiver) throws IOException {
        while (!in.exhausted()) {
            if (in.readByte() != 0) {
                throw new IOException("the message is compressed");
            }
            int length = in.readInt();
            if (length < 0 || length > MAX_MESSAGE_BYTES) {
                throw new IOException("the message is larger than " + MAX_MESSAGE_BYTES + " bytes");
            }
            receiver.receive(ByteBuffer.wrap(in.readByteArray(length)));
        }
    }

    /** Returns the status, which is in the trailers, or in the headers if there was no message. */
    private static IOException end(Response response) throws IOException {
        String status = field(response, "grpc-status").orElse("unknown");
        return status.equals("0")
                ? new EOFException("the stream ended")
                : new IOException("gRPC status " + status
                        + field(response, "grpc-message")
                                .map(text -> " (" + text + ")")
                                .orElse(""));
    }

    private static Optional<String> field(Response response, String name) throws IOException {
        String header = response.header(name);
        return Optional.ofNullable(header != null ? header : response.trailers().get(name));
    }

    /** Ends {@link #receive}. */
    @Override
    public void close() {
        closed = true;
        Call current = call;
        if (current != null) {
            current.cancel();
        }
        client.connectionPool().evictAll();
    }
}
