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

/** What a cluster asks of the two services: probes, metrics and downloads. */
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

    /** Asked between two looks; throws when there is no point in waiting on. */
    @FunctionalInterface
    interface Check {
        void run() throws IOException;
    }

    /** Waits until every object that the examples make has an artifact, then downloads and asks for a while. */
    void run(Check check) throws IOException, InterruptedException {
        List<URI> urls = awaitArtifacts(check);
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

    private List<URI> awaitArtifacts(Check check) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            Optional<List<URI>> urls = published();
            if (urls.isPresent()) {
                return urls.get();
            }
            check.run();
            if (System.nanoTime() > end) {
                throw new IOException("the examples were not published within " + LIMIT);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    /** Empty until there are objects, all of them with an artifact. */
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
        HttpRequest request = HttpRequest.newBuilder(url).timeout(REQUEST_LIMIT).build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("GET %s: HTTP %d".formatted(url, response.statusCode()));
            }
            return response.body();
        } catch (ConnectException e) {
            throw new IOException("GET %s: nobody listens".formatted(url), e);
        }
    }
}
