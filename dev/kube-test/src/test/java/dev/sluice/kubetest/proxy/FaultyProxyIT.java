package dev.sluice.kubetest.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultyProxyIT {

    private static final int PATIENCE_MILLIS = 60_000;

    private ServerSocket echo;
    private FaultyProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve, "echo");
        server.setDaemon(true);
        server.start();
        proxy = FaultyProxy.inFrontOf(URI.create("http://127.0.0.1:" + echo.getLocalPort()));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void passesDataInBothDirections() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void cutsOpenConnectionsAndAcceptsNewOnes() throws IOException {
        try (Socket client = connect()) {
            ask(client, "hello");
            proxy.cut();
            assertThatThrownBy(() -> ask(client, "again")).isInstanceOf(SocketException.class);
        }
        try (Socket next = connect()) {
            assertThat(ask(next, "next")).isEqualTo("next");
        }
    }

    @Test
    void holdsDataUntilHealed() throws IOException {
        try (Socket client = connect()) {
            ask(client, "hello");
            proxy.hang();
            client.setSoTimeout(200);
            assertThatThrownBy(() -> ask(client, "again")).isInstanceOf(SocketTimeoutException.class);

            proxy.heal();
            client.setSoTimeout(PATIENCE_MILLIS);
            assertThat(read(client, "again".length())).isEqualTo("again");
        }
    }

    @Test
    void strandsExistingConnectionsAndAcceptsNewOnes() throws IOException {
        try (Socket stranded = connect()) {
            ask(stranded, "hello");
            proxy.strand();
            stranded.setSoTimeout(200);
            assertThatThrownBy(() -> ask(stranded, "again")).isInstanceOf(SocketTimeoutException.class);
            try (Socket next = connect()) {
                assertThat(ask(next, "next")).isEqualTo("next");
            }
            proxy.heal();
            assertThatThrownBy(() -> read(stranded, "again".length())).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void delaysEveryChunkInBothDirections() throws IOException {
        try (Socket client = connect()) {
            ask(client, "hello");
            proxy.delay(Duration.ofMillis(100));
            long before = System.nanoTime();
            ask(client, "again");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void rejectsNewConnectionsAndKeepsOldOnes() throws IOException {
        try (Socket old = connect()) {
            ask(old, "hello");
            proxy.refuse();
            assertThatThrownBy(() -> {
                        try (Socket next = connect()) {
                            assertThat(ask(next, "next")).isNotEqualTo("next");
                            throw new SocketException("closed without an answer");
                        }
                    })
                    .isInstanceOf(SocketException.class);
            assertThat(ask(old, "still")).isEqualTo("still");
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String ask(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return read(socket, text.length());
    }

    private static String read(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket client = echo.accept();
                Thread copy = new Thread(() -> copy(client), "echo-connection");
                copy.setDaemon(true);
                copy.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void copy(Socket client) {
        try (client;
                InputStream in = client.getInputStream()) {
            in.transferTo(client.getOutputStream());
        } catch (IOException e) {
            // some tests break the client's connection
        }
    }
}
