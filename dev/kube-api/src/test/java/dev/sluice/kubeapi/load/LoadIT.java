package dev.sluice.kubeapi.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import dev.sluice.kubeapi.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Thousands of objects, hundreds of watches and concurrent writers. */
final class LoadIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int WRITERS = 8;
    private static final int NAMESPACES = 20;
    private static final int WATCHES_PER_NAMESPACE = 10;
    private static final int OBJECTS_PER_NAMESPACE = 100;
    private static final int INCREMENTS_PER_WRITER = 25;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    private KubeApi api;

    @BeforeEach
    void start() throws Exception {
        api = KubeApi.start(KubeApiOptions.defaults());
        for (int i = 0; i < NAMESPACES; i++) {
            send("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"ns" + i + "\"}}");
        }
    }

    @AfterEach
    void stop() throws Exception {
        writers.shutdownNow();
        api.close();
    }

    @Test
    void watchesReceiveEveryChangeOnceInOrder() throws Exception {
        List<WatchedEvents> watches = new ArrayList<>();
        for (int i = 0; i < NAMESPACES; i++) {
            for (int j = 0; j < WATCHES_PER_NAMESPACE; j++) {
                watches.add(
                        WatchedEvents.open(http, api.url().resolve(collection(i) + "?watch=true&resourceVersion=0")));
            }
        }
        await().atMost(LIMIT).until(() -> api.faults().openWatches() == watches.size());
        long started = System.nanoTime();
        inParallel(NAMESPACES, this::fillNamespace);
        Duration written = Duration.ofNanos(System.nanoTime() - started);

        await().atMost(LIMIT).until(() -> watches.stream().allMatch(w -> w.count() >= 2 * OBJECTS_PER_NAMESPACE));
        Duration seen = Duration.ofNanos(System.nanoTime() - started);
        for (WatchedEvents watch : watches) {
            assertThat(watch.revisions()).isSorted().doesNotHaveDuplicates().hasSize(2 * OBJECTS_PER_NAMESPACE);
        }
        assertThat(watches).allMatch(WatchedEvents::isOpen);
        System.out.printf(
                "[kube-api load] %d writes with %d watches: written after %d ms, received by all after %d ms%n",
                2 * NAMESPACES * OBJECTS_PER_NAMESPACE, watches.size(), written.toMillis(), seen.toMillis());
        assertThat(Json.parse(send("GET", "/api/v1/configmaps", "").body())
                        .path("items")
                        .size())
                .isEqualTo(NAMESPACES * OBJECTS_PER_NAMESPACE);
    }

    @Test
    void concurrentWritersLoseNoUpdate() throws Exception {
        send("POST", collection(0), "{\"metadata\":{\"name\":\"counter\"},\"data\":{\"n\":\"0\"}}");
        inParallel(WRITERS, this::increment);

        String counter = send("GET", collection(0) + "/counter", "").body();
        assertThat(Json.parse(counter).at("/data/n").asString())
                .isEqualTo(Integer.toString(WRITERS * INCREMENTS_PER_WRITER));
    }

    private void fillNamespace(int namespace) throws IOException, InterruptedException {
        for (int i = 0; i < OBJECTS_PER_NAMESPACE; i++) {
            String name = "c" + i;
            assertThat(send("POST", collection(namespace), "{\"metadata\":{\"name\":\"" + name + "\"}}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(send(
                                    "PUT",
                                    collection(namespace) + "/" + name,
                                    "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"k\":\"v\"}}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private void increment(int writer) throws IOException, InterruptedException {
        int done = 0;
        while (done < INCREMENTS_PER_WRITER) {
            ObjectNode counter = (ObjectNode)
                    Json.parse(send("GET", collection(0) + "/counter", "").body());
            int n = Integer.parseInt(counter.at("/data/n").asString());
            counter.putObject("data").put("n", Integer.toString(n + 1));
            int code =
                    send("PUT", collection(0) + "/counter", Json.text(counter)).statusCode();
            assertThat(code).isIn(200, 409);
            done += code == 200 ? 1 : 0;
        }
    }

    private interface Work {
        void run(int index) throws IOException, InterruptedException;
    }

    private void inParallel(int count, Work work) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i;
            tasks.add(() -> {
                work.run(index);
                return null;
            });
        }
        for (Future<Void> done : writers.invokeAll(tasks)) {
            done.get();
        }
    }

    private static String collection(int namespace) {
        return "/api/v1/namespaces/ns" + namespace + "/configmaps";
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.url().resolve(path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
