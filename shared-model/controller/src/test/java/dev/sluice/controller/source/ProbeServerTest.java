package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.config.ListenAddress;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProbeServerTest {

    private static final int THREADS_AND_QUEUE = 8 + 64;

    private final List<Socket> halfOpen = new ArrayList<>();
    private ProbeServer server;

    @BeforeEach
    void open() throws IOException {
        server = ProbeServer.open(
                "health-addr",
                ListenAddress.parse("127.0.0.1:0"),
                Map.of("/healthz", () -> Optional.of("ok"), "/readyz", Optional::empty),
                Duration.ofMillis(200));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (Socket each : halfOpen) {
            each.close();
        }
    }

    private void openHalf(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            InetSocketAddress address = server.address();
            Socket socket = new Socket(address.getAddress(), address.getPort());
            halfOpen.add(socket);
            socket.getOutputStream().write("GET /healthz HTTP".getBytes(StandardCharsets.UTF_8));
        }
    }

    private int status(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + server.address().getPort() + path)
                        .toURL()
                        .openConnection();
        connection.setReadTimeout(30_000);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    @Test
    void answersWhileClientsSendHalfARequest() throws IOException {
        openHalf(30);

        assertThat(status("/healthz")).isEqualTo(200);
        assertThat(status("/readyz")).isEqualTo(503);
        assertThat(halfOpen.get(0).getInputStream().read())
                .as("closed by the server")
                .isEqualTo(-1);
    }

    @Test
    void closesConnectionsThatAreTooMany() throws IOException {
        openHalf(2 * THREADS_AND_QUEUE);

        await().ignoreExceptions().until(() -> status("/healthz") == 200);
    }
}
