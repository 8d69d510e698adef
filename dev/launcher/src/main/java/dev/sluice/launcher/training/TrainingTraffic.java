package dev.sluice.launcher.training;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.launcher.training.Training.TrainingPorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The requests that the two services receive in a cluster: probes, metrics and downloads. */
final class TrainingTraffic {

    private static final String ARTIFACTS = "/apis/source.toolkit.fluxcd.io/v1/externalartifacts";
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
    private static final int DOWNLOADS = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI api;
    private final TrainingPorts ports;

    TrainingTraffic(URI api, TrainingPorts ports) {
        this.api = api;
        this.ports = ports;
    }

    /** A check that runs on every poll; throws to stop waiting. */
    @FunctionalInterface
    interface Check {
        void run() throws IOException;
    }

    /** Waits until all objects of the examples have an artifact, then sends downloads and probes for a while. */
    void run(Check check) throws IOException, InterruptedException {
        List<URI> urls = await("the examples were not published", this::published, check);
        awaitReady(local(ports.health(), "/readyz"), check);
        awaitReady(local(ports.management(), "/readyz"), check);
        for (int round = 0; round < DOWNLOADS; round++) {
            for (URI url : urls) {
                get(url);
            }
            get(local(ports.health(), "/healthz"));
            get(local(ports.health(), "/readyz"));
            get(local(ports.metrics(), "/metrics"));
            get(local(ports.management(), "/readyz"));
            get(local(ports.management(), "/metrics"));
        }
    }

    /** A condition to wait for; empty until it is met. */
    @FunctionalInterface
    private interface Look<T> {
        Optional<T> now() throws IOException, InterruptedException;
    }

    private static <T> T await(String what, Look<T> look, Check check) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            Optional<T> found = look.now();
            if (found.isPresent()) {
                return found.get();
            }
            check.run();
            if (System.nanoTime() > end) {
                throw new IOException("%s within %s".formatted(what, LIMIT));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    /** The artifact server checks its volume every two seconds, so it can serve files before it reports ready. */
    private void awaitReady(URI probe, Check check) throws IOException, InterruptedException {
        await(
                "%s did not answer 200".formatted(probe),
                () -> ask(probe).statusCode() == 200 ? Optional.of(probe) : Optional.empty(),
                check);
    }

    /** The artifact URLs; empty until there are objects and all of them have an artifact. */
    private Optional<List<URI>> published() throws IOException, InterruptedException {
        String body = get(api.resolve(ARTIFACTS));
        List<JsonElement> items = JsonParser.parseString(body)
                .getAsJsonObject()
                .getAsJsonArray("items")
                .asList();
        List<URI> urls = items.stream().flatMap(item -> url(item).stream()).toList();
        return items.isEmpty() || urls.size() < items.size() ? Optional.empty() : Optional.of(urls);
    }

    private static Optional<URI> url(JsonElement item) {
        return Optional.ofNullable(item.getAsJsonObject().getAsJsonObject("status"))
                .map(status -> status.getAsJsonObject("artifact"))
                .map((JsonObject artifact) -> URI.create(artifact.get("url").getAsString()));
    }

    private static URI local(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private String get(URI url) throws IOException, InterruptedException {
        HttpResponse<String> response = ask(url);
        if (response.statusCode() != 200) {
            throw new IOException("GET %s: HTTP %d".formatted(url, response.statusCode()));
        }
        return response.body();
    }

    private HttpResponse<String> ask(URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(REQUEST_LIMIT).build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IOException("GET %s: connection failed".formatted(url), e);
        }
    }
}
