package dev.sluice.controller.source;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.artifact.config.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A server of small texts: probes and metrics. */
final class ProbeServer implements AutoCloseable {

    private static final Duration HEAD_LIMIT = Duration.ofSeconds(2);

    private final HttpServer server;
    private final ProbeThreads threads;

    private ProbeServer(HttpServer server, Duration headLimit) {
        this.server = server;
        this.threads = new ProbeThreads(headLimit);
    }

    /**
     * Starts a server.
     *
     * @param texts by path; an empty text responds 503
     * @throws IOException if the address is in use
     */
    static ProbeServer open(String flag, ListenAddress address, Map<String, Supplier<Optional<String>>> texts)
            throws IOException {
        return open(flag, address, texts, HEAD_LIMIT);
    }

    /** @param headLimit time for the head of a request */
    static ProbeServer open(
            String flag, ListenAddress address, Map<String, Supplier<Optional<String>>> texts, Duration headLimit)
            throws IOException {
        InetSocketAddress bind = address.host().isEmpty()
                ? new InetSocketAddress(address.port())
                : new InetSocketAddress(address.host(), address.port());
        ProbeServer probes;
        try {
            probes = new ProbeServer(HttpServer.create(bind, 0), headLimit);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on '%s' (--%s): %s; choose another address".formatted(address, flag, e.getMessage()),
                    e);
        }
        texts.forEach(probes::serve);
        probes.server.setExecutor(probes.threads);
        DaemonThreads.runAndWait(probes.server::start);
        return probes;
    }

    private void serve(String path, Supplier<Optional<String>> text) {
        server.createContext(path, exchange -> {
            try (exchange) {
                threads.respond();
                Optional<String> body = text.get();
                byte[] bytes = body.orElse("not ready").getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
                exchange.sendResponseHeaders(body.isPresent() ? 200 : 503, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
