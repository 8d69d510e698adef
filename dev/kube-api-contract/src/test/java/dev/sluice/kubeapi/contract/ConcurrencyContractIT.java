package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many concurrent clients. */
@KubernetesTest
final class ConcurrencyContractIT {

    private static final int CLIENTS = 8;
    private static final int ROUNDS = 15;

    private final Http http;
    private final String configMaps;

    ConcurrencyContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Http.on(api);
        this.configMaps = Paths.configMaps(namespace);
    }

    @Test
    void losesNoUpdate() throws Exception {
        http.post(configMaps, ConfigMaps.holding("counter", "{n: '0'}")).ok(201);

        atOnce(client -> IntStream.range(0, ROUNDS).map(round -> increment()).sum());

        assertThat(http.get(configMaps + "/counter").ok().at("/data/n").asString())
                .isEqualTo(Integer.toString(CLIENTS * ROUNDS));
    }

    private int increment() {
        while (true) {
            JsonNode current = http.get(configMaps + "/counter").ok();
            int next = Integer.parseInt(current.at("/data/n").asString()) + 1;
            Answer answer = http.put(
                    configMaps + "/counter",
                    "{metadata: {name: counter, resourceVersion: '%s'}, data: {n: '%d'}}"
                            .formatted(current.at("/metadata/resourceVersion").asString(), next));
            if (answer.code() == 200) {
                return next;
            }
            answer.fails(409, "Conflict");
        }
    }

    @Test
    void onlyOneCreateSucceeds() throws Exception {
        int made = atOnce(
                        client -> http.post(configMaps, ConfigMaps.named("one")).code() == 201 ? 1 : 0)
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(made).isEqualTo(1);
    }

    @Test
    void mergesPatchesOfDifferentFields() throws Exception {
        http.post(configMaps, ConfigMaps.holding("shared", "{start: x}")).ok(201);
        atOnce(client -> IntStream.range(0, ROUNDS)
                .map(round -> http.patch(
                                configMaps + "/shared", Http.MERGE_PATCH, "data: {k" + client + "-" + round + ": v}")
                        .ok()
                        .size())
                .sum());
        assertThat(http.get(configMaps + "/shared").ok().path("data").size()).isEqualTo(CLIENTS * ROUNDS + 1);
    }

    @Test
    void sendsEveryChangeOnceToEveryWatch() throws Exception {
        JsonNode start = http.post(configMaps, ConfigMaps.named("start")).ok(201);
        String from = configMaps + "?resourceVersion="
                + start.at("/metadata/resourceVersion").asString();
        List<WatchStream> watches = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                watches.add(http.watch(from));
            }
            atOnce(client -> IntStream.range(0, ROUNDS)
                    .map(round -> http.post(configMaps, ConfigMaps.named("n" + client + "-" + round))
                            .ok(201)
                            .size())
                    .sum());
            List<String> first = watches.get(0).nextNames(CLIENTS * ROUNDS);
            assertThat(new HashSet<>(first)).hasSize(CLIENTS * ROUNDS);
            for (WatchStream other : watches.subList(1, watches.size())) {
                assertThat(other.nextNames(CLIENTS * ROUNDS)).isEqualTo(first);
            }
        } finally {
            watches.forEach(WatchStream::close);
        }
    }

    @Test
    void everyChangeHasOwnResourceVersion() throws Exception {
        Set<Integer> versions =
                new HashSet<>(atOnce(client -> Integer.parseInt(http.post(configMaps, ConfigMaps.named("v" + client))
                        .ok(201)
                        .at("/metadata/resourceVersion")
                        .asString())));
        assertThat(versions).hasSize(CLIENTS);
    }

    private static List<Integer> atOnce(IntUnaryOperator client) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> running = IntStream.range(0, CLIENTS)
                    .mapToObj(number -> clients.submit(() -> client.applyAsInt(number)))
                    .toList();
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> one : running) {
                results.add(one.get(2, TimeUnit.MINUTES));
            }
            return results;
        } finally {
            clients.shutdownNow();
        }
    }
}
