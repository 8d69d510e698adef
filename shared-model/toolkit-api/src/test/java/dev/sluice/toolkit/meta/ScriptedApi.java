package dev.sluice.toolkit.meta;

import com.sun.net.httpserver.HttpServer;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API server that gives scripted answers, the last one again and again, and records the requests. */
final class ScriptedApi implements AutoCloseable {

    /** A response: HTTP status and body. */
    record Answer(int code, String body) {}

    final List<String> requests = new CopyOnWriteArrayList<>();

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final HttpServer server;

    ScriptedApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add((exchange.getRequestMethod() + " "
                            + exchange.getRequestURI().getPath() + " " + body)
                    .strip());
            Answer answer = next();
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.code, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    private synchronized Answer next() {
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    /** Replaces the answers that are left. */
    synchronized void answer(Answer... next) {
        answers.clear();
        answers.addAll(List.of(next));
    }

    ApiClient client() {
        return new ApiClient()
                .setBasePath("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
