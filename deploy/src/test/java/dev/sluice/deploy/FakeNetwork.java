package dev.sluice.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/**
 * A fake of the cluster's DNS and Services: an HTTP proxy that forwards {@code http://SERVICE.flux-system.svc…/} to the
 * endpoint that the Service selects. It records the events for the notification-controller.
 */
final class FakeNetwork implements AutoCloseable {

    private static final String DOMAIN = ".flux-system.svc.cluster.local.";

    private final HttpServer proxy;
    private final BiFunction<String, String, Optional<URI>> endpoints;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "network");
        thread.setDaemon(true);
        return thread;
    });

    /** @param endpoints returns the endpoint for the name of a Service and a path */
    FakeNetwork(BiFunction<String, String, Optional<URI>> endpoints) throws IOException {
        this.endpoints = endpoints;
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", this::answer);
        proxy.setExecutor(threads);
        proxy.start();
    }

    int port() {
        return proxy.getAddress().getPort();
    }

    /** The request bodies for the notification-controller. */
    List<String> events() {
        return events;
    }

    /** Downloads like a consumer in the cluster. */
    HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .proxy(ProxySelector.of(proxy.getAddress()))
                .build()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI url = exchange.getRequestURI();
            String host = String.valueOf(url.getHost());
            String service = host.endsWith(DOMAIN) ? host.substring(0, host.length() - DOMAIN.length()) : "";
            if (service.equals("notification-controller")) {
                events.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            Optional<URI> endpoint = endpoints.apply(service, url.getPath());
            if (endpoint.isEmpty()) {
                exchange.sendResponseHeaders(502, -1);
                return;
            }
            forward(exchange, endpoint.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forward(HttpExchange exchange, URI endpoint) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(endpoint).build(), BodyHandlers.ofByteArray());
        exchange.sendResponseHeaders(response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
        exchange.getResponseBody().write(response.body());
    }

    @Override
    public void close() {
        proxy.stop(0);
        threads.shutdownNow();
    }
}
