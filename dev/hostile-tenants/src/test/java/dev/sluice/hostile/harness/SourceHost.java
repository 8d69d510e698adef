package dev.sluice.hostile.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Acts as source-controller: one host and port that serves the source artifacts of the victim and of all tenants. */
public final class SourceHost implements AutoCloseable {

    private static final int BACKLOG = 1_000;

    private final HttpServer server;
    private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "source-host");
        thread.setDaemon(true);
        return thread;
    });

    SourceHost() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Registers a response for a path, which starts with a slash; the path of an artifact ends in {@code .tar.gz}. */
    public String offer(String path, HttpHandler answer) {
        answers.put(path, answer);
        return "http://" + address() + path;
    }

    public String offer(String path, byte[] bytes) {
        return offer(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    /** Removes all responses below this path. */
    void withdraw(String prefix) {
        answers.keySet().removeIf(path -> path.startsWith(prefix));
    }

    private void answer(HttpExchange exchange) throws IOException {
        HttpHandler answer = answers.get(exchange.getRequestURI().getPath());
        try {
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                answer.handle(exchange);
                exchange.getResponseBody().close();
            }
        } catch (IOException clientClosedConnection) {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
