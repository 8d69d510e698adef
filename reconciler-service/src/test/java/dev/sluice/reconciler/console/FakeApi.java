package dev.sluice.reconciler.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.controller.request.ApiRequests;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;

/** An API server with fixed answers, for what a real one does not do on request: denials, unknown kinds and pages. */
final class FakeApi implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    ApiRequests client() {
        ApiClient client = new ApiClient(new OkHttpClient())
                .setBasePath("http://127.0.0.1:" + server.getAddress().getPort());
        return new ApiRequests(client, Duration.ofSeconds(30));
    }

    /**
     * Sets an answer; all others are 404.
     *
     * @param path with a space and the continue token for a further page
     * @param answer JSON, or a status code
     */
    void answer(String path, String answer) {
        answers.put(path, answer);
    }

    /** The queries in the order of the requests. */
    List<String> queries() {
        return List.copyOf(requests);
    }

    static String list(String next, String items) {
        return "{\"metadata\": {\"resourceVersion\": \"1\", \"continue\": \"%s\"}, \"items\": [%s]}"
                .formatted(next, items);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        requests.add(query);
        String next = query.contains("continue=") ? " " + query.replaceAll(".*continue=([^&]*).*", "$1") : "";
        String answer = answers.getOrDefault(exchange.getRequestURI().getPath() + next, "404");
        boolean isError = answer.length() == 3;
        byte[] body = (isError ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(isError ? Integer.parseInt(answer) : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
