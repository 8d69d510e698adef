package dev.sluice.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceStartIT {

    private final ServiceStart start = new ServiceStart(Duration.ofSeconds(30));

    @Test
    void waitsWhileResponseIsServerError() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(requests.incrementAndGet() < 3 ? 503 : 404, -1);
            }
        });
        server.start();
        try {
            assertThat(start.awaitServing(address(server.getAddress().getPort()), () -> true))
                    .isTrue();
            assertThat(requests).hasValue(3);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void stopsWaitingWhenServiceExits() throws Exception {
        assertThat(start.awaitServing(address(freePort()), () -> false)).isFalse();
    }

    @Test
    void stopsWaitingAtLimit() throws Exception {
        assertThat(new ServiceStart(Duration.ofMillis(1)).awaitServing(address(freePort()), () -> true))
                .isFalse();
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
