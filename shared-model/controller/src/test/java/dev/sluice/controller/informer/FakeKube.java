package dev.sluice.controller.informer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Lists and watches GitRepositories over a real socket, and fails as API servers and networks do. */
final class FakeKube implements AutoCloseable {

    /** How watches behave. */
    enum Watches {
        SERVED,
        ENDED_AT_ONCE,
        REFUSED_GONE,
        ERROR_GONE,
        REFUSED_503,
        SILENT
    }

    static final String PATH = "/apis/source.toolkit.fluxcd.io/v1/gitrepositories";

    final List<Map<String, String>> lists = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> watches = new CopyOnWriteArrayList<>();
    volatile Watches mode = Watches.SERVED;
    final AtomicInteger listFailures = new AtomicInteger();
    volatile boolean expireContinue;
    volatile boolean tooLargeVersion;

    private final Map<String, JsonObject> objects = new TreeMap<>();
    private final List<JsonObject> events = new ArrayList<>();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final HttpServer server;
    private int version = 100;
    private int epoch;

    FakeKube() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(PATH, this::serve);
        server.setExecutor(executor);
        server.start();
    }

    ApiClient client() {
        return new ApiClient(new OkHttpClient())
                .setBasePath("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized void put(String name, String revision) {
        String type = objects.containsKey(name) ? "MODIFIED" : "ADDED";
        JsonObject object = JsonParser.parseString(
                        """
                {"apiVersion":"source.toolkit.fluxcd.io/v1","kind":"GitRepository",
                 "metadata":{"name":"%s","namespace":"apps","uid":"uid-%s-%s","newField":{"x":1},
                  "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}","kept":"yes"},
                  "managedFields":[{"manager":"kubectl","operation":"Update"},{"manager":"mine","operation":"Apply","fieldsV1":{"f:spec":{}}}]},
                 "spec":{"url":"https://example.com","interval":"1m"},
                 "status":{"artifact":{"path":"p","url":"u","revision":"%s"}}}""".formatted(name, name, type.equals("ADDED") ? version : uidOf(name), revision))
                .getAsJsonObject();
        record(type, object);
        objects.put(name, object);
    }

    /** Writes the same object with another status. */
    synchronized void putStatus(String name, String status) {
        JsonObject object = Objects.requireNonNull(objects.get(name)).deepCopy();
        object.add("status", JsonParser.parseString(status));
        record("MODIFIED", object);
        objects.put(name, object);
    }

    synchronized void delete(String name) {
        JsonObject object = Objects.requireNonNull(objects.remove(name)).deepCopy();
        record("DELETED", object);
    }

    synchronized void bookmark() {
        record(
                "BOOKMARK",
                JsonParser.parseString("{\"kind\":\"GitRepository\",\"metadata\":{}}")
                        .getAsJsonObject());
    }

    synchronized void sendRaw(String line) {
        version++;
        JsonObject event = new JsonObject();
        event.addProperty("raw", line);
        events.add(event);
        notifyAll();
    }

    /** Forgets the history: earlier events are no longer available. */
    synchronized void forget() {
        for (int i = 0; i < events.size(); i++) {
            events.set(i, new JsonObject());
        }
    }

    /** Breaks off all watches in the middle of a response. */
    synchronized void breakWatches() {
        epoch++;
        notifyAll();
    }

    synchronized int version() {
        return version;
    }

    @Override
    public void close() {
        breakWatches();
        server.stop(0);
        executor.shutdownNow();
    }

    private String uidOf(String name) {
        String uid = Objects.requireNonNull(objects.get(name))
                .getAsJsonObject("metadata")
                .get("uid")
                .getAsString();
        return uid.substring(uid.lastIndexOf('-') + 1);
    }

    private void record(String type, JsonObject object) {
        version++;
        object.getAsJsonObject("metadata").addProperty("resourceVersion", String.valueOf(version));
        JsonObject event = new JsonObject();
        event.addProperty("type", type);
        event.add("object", object.deepCopy());
        events.add(event);
        notifyAll();
    }

    private void serve(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        try (exchange) {
            if (query.containsKey("watch")) {
                watch(exchange, query, noteWatch(query));
            } else {
                lists.add(query);
                list(exchange, query);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
        if (listFailures.getAndDecrement() > 0) {
            answer(exchange, 500, "{\"message\":\"etcd is down\"}");
        } else if (tooLargeVersion && query.containsKey("resourceVersion")) {
            answer(exchange, 504, "{\"message\":\"Too large resource version\"}");
        } else if (expireContinue && query.containsKey("continue")) {
            answer(exchange, 410, "{\"message\":\"the provided continue parameter is too old\"}");
        } else {
            answer(exchange, 200, page(query).toString());
        }
    }

    private synchronized JsonObject page(Map<String, String> query) {
        int from = Integer.parseInt(query.getOrDefault("continue", "0"));
        int limit = Integer.parseInt(query.getOrDefault("limit", "1000000"));
        JsonArray items = new JsonArray();
        objects.values().stream().skip(from).limit(limit).forEach(items::add);
        JsonObject metadata = new JsonObject();
        metadata.addProperty("resourceVersion", String.valueOf(version));
        if (from + limit < objects.size()) {
            metadata.addProperty("continue", String.valueOf(from + limit));
        }
        JsonObject list = new JsonObject();
        list.addProperty("apiVersion", GitRepository.TYPE.kind().apiVersion());
        list.addProperty("kind", "GitRepositoryList");
        list.add("metadata", metadata);
        list.add("items", items);
        return list;
    }

    /** Records the watch and returns its epoch; a watch in the list can be broken. */
    private synchronized int noteWatch(Map<String, String> query) {
        watches.add(query);
        return epoch;
    }

    private void watch(HttpExchange exchange, Map<String, String> query, int started)
            throws IOException, InterruptedException {
        switch (mode) {
            case REFUSED_GONE -> answer(exchange, 410, "{\"message\":\"too old resource version\"}");
            case REFUSED_503 -> answer(exchange, 503, "{\"message\":\"not now\"}");
            case ENDED_AT_ONCE -> answer(exchange, 200, "");
            case ERROR_GONE ->
                answer(
                        exchange,
                        200,
                        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}}\n");
            case SILENT -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().flush();
                awaitBreak(started);
            }
            case SERVED -> serve(exchange, Integer.parseInt(query.get("resourceVersion")) - 100, started);
        }
    }

    private void serve(HttpExchange exchange, int position, int started) throws IOException, InterruptedException {
        if (isForgotten(position)) {
            answer(exchange, 410, "{\"message\":\"too old resource version\"}");
        } else {
            stream(exchange, position, started);
        }
    }

    private synchronized boolean isForgotten(int position) {
        return position < events.size() && events.get(position).size() == 0;
    }

    private void stream(HttpExchange exchange, int position, int started) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        for (int next = position; ; next++) {
            JsonObject event = await(next, started);
            if (event == null) {
                return;
            }
            String line = event.has("raw") ? event.get("raw").getAsString() : event.toString();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private synchronized @Nullable JsonObject await(int position, int started) throws InterruptedException {
        while (events.size() <= position && epoch == started) {
            wait(1_000);
        }
        return epoch == started ? events.get(position) : null;
    }

    private synchronized void awaitBreak(int started) throws InterruptedException {
        while (epoch == started) {
            wait(1_000);
        }
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        if (query == null) {
            return new HashMap<>();
        }
        return java.util.Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(p -> p[0], p -> URLDecoder.decode(p[1], StandardCharsets.UTF_8)));
    }
}
