package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.config.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Tests that clients that read or send slowly occupy neither the threads nor the memory of the server for long. */
class SlowClientsIT {

    private static final String GREEDY = "127.0.0.2";
    private static final String OTHER = "127.0.0.3";

    /** More than the buffers of the kernel take. */
    private static final byte[] LARGE = new byte[12 << 20];

    /** More than the server has threads. */
    private static final int CLIENTS = 20;

    /** Less than the time after which the server closes a connection without progress. */
    private static final int PROMPT_MILLIS = 9_000;

    private static final int MAX_FORMS_OF_ADDRESS = 3;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<Socket> sockets = new ArrayList<>();
    private final ClientQuota bytes = new ClientQuota(Long.MAX_VALUE, (long) CLIENTS * LARGE.length);
    private Runnable stop = () -> {};
    private int port;

    private void start(Duration deadline) {
        BufferedResponses responses = new BufferedResponses(bytes, deadline);
        RouterFunction<ServerResponse> routes = RouterFunctions.route()
                .GET("/large", request -> responses.of(ServerResponse.ok(), LARGE))
                .GET("/small", request -> responses.of(ServerResponse.ok(), new byte[] {'x'}))
                .POST(
                        "/preview",
                        request -> responses.of(
                                ServerResponse.ok(),
                                request.param("manifest").orElse("").getBytes(StandardCharsets.UTF_8)))
                .build();
        ConsoleServer server = new ConsoleServer(
                new ConsoleOptions(ListenAddress.parse("127.0.0.1:0"), true, VisibleNamespaces.parse("")),
                routes,
                new LiveUpdates(() -> 0),
                new FileCounts((artifact, archive) -> 0));
        stop = server::stop;
        server.start();
        port = server.port();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        stop.run();
    }

    @Test
    void readersDoNotOccupyThreads() throws IOException {
        start(Duration.ofMinutes(1));
        for (int i = 0; i < CLIENTS; i++) {
            send(GREEDY, "GET /large");
        }
        await().until(() -> bytes.taken() == (long) CLIENTS * LARGE.length);

        assertThat(answer(send(OTHER, "GET /small"))).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nx");
        assertThat(answer(send(GREEDY, "GET /small")))
                .as("the memory for one client is limited")
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("\r\nRetry-After: ");
        for (Socket socket : sockets) {
            socket.close();
        }
        await().atMost(LIMIT).until(() -> bytes.taken() == 0);
    }

    @Test
    void aReaderThatMakesLittleProgressIsDisconnected() throws IOException {
        start(Duration.ofMillis(500));
        Socket slow = send(GREEDY, "GET /large");
        await().until(() -> bytes.taken() > 0);
        long[] received = {0};

        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
            received[0] += slow.getInputStream().readNBytes(4_096).length;
            return bytes.taken() == 0;
        });

        assertThat(received[0] + rest(slow)).isLessThan(LARGE.length);
    }

    private static long rest(Socket socket) {
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                bytes += read;
            }
        } catch (IOException reset) {
            return bytes;
        }
        return bytes;
    }

    @Test
    void sendersOccupyFewThreads() throws IOException {
        start(Duration.ofMinutes(1));
        String form =
                "POST /preview HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            slow.add(sendRaw(GREEDY, form + "Content-Length: 10\r\n\r\nm"));
        }
        for (int i = 0; i < CLIENTS; i++) {
            sendRaw(GREEDY, "GET /small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nm");
        }

        assertThat(answer(send(OTHER, "GET /small"))).startsWith("HTTP/1.1 200");
        assertThat(answer(sendRaw(OTHER, form + "Content-Length: 10\r\n\r\nmanifest=x")))
                .endsWith("\r\n\r\nx");
        // any three of them have the places
        await().until(() -> answered(slow).size() >= CLIENTS - MAX_FORMS_OF_ADDRESS);
        assertThat(answer(answered(slow).get(0))).startsWith("HTTP/1.1 503").contains("try again");
        assertThat(answer(sendRaw(OTHER, form + "Content-Length: 2000000\r\n\r\nm")))
                .startsWith("HTTP/1.1 413");
        assertThat(answer(sendRaw(OTHER, form + "Transfer-Encoding: chunked\r\n\r\n1\r\nm")))
                .startsWith("HTTP/1.1 413");
    }

    private Socket send(String address, String request) throws IOException {
        return sendRaw(address, request + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Sends a request from an address, with a small buffer for the response. */
    private Socket sendRaw(String address, String request) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(PROMPT_MILLIS);
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static List<Socket> answered(List<Socket> sockets) throws IOException {
        List<Socket> answered = new ArrayList<>();
        for (Socket socket : sockets) {
            if (socket.getInputStream().available() > 0) {
                answered.add(socket);
            }
        }
        return answered;
    }

    /** The response; the server closes the connection after it. */
    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
