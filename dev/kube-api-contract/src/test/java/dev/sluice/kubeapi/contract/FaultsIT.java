package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubeapi.contract.WatchStream.Event;
import dev.sluice.kubetest.junit.ApiFaults;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.proxy.FaultyProxy;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The behaviour of a failing API server from the clients' view; the same for both APIs. */
@KubernetesTest
final class FaultsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final KubernetesApi api;
    private final Http http;
    private final String configMaps;
    private ApiFaults faults;

    FaultsIT(KubernetesApi api, @TestNamespace String namespace) {
        this.api = api;
        this.http = Http.on(api);
        this.configMaps = Paths.configMaps(namespace);
    }

    @BeforeEach
    void requireFaults() {
        Assumptions.assumeTrue(api.faults().isPresent(), "this API supports no faults");
        faults = api.faults().orElseThrow();
    }

    @Test
    void answersRequestsAfterPause() throws Exception {
        JsonNode start = http.post(configMaps, ConfigMaps.named("start")).ok(201);
        try (WatchStream watch = http.watch(from(start))) {
            faults.pause();
            try {
                assertThatThrownBy(() -> http.within(Duration.ofMillis(500)).get(configMaps))
                        .isInstanceOf(UncheckedIOException.class);
            } finally {
                faults.resume();
            }
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> http.get(configMaps).code() == 200);
            http.post(configMaps, ConfigMaps.named("after")).ok(201);
            assertThat(watch.nextNames(1)).containsExactly("ADDED after");
        }
    }

    @Test
    void keepsObjectsAcrossCrash() throws Exception {
        JsonNode start = http.post(configMaps, ConfigMaps.named("start")).ok(201);
        try (WatchStream watch = http.watch(from(start))) {
            faults.kill();
            try {
                assertThat(watch.hasEnded()).isTrue();
                assertThatThrownBy(() -> http.within(Duration.ofSeconds(5)).get(configMaps))
                        .isInstanceOf(UncheckedIOException.class);
            } finally {
                faults.startAgain();
            }
        }
        assertThat(http.get(configMaps + "/start").ok()).isEqualTo(start);
        JsonNode next = http.post(configMaps, ConfigMaps.named("next")).ok(201);
        assertThat(resourceVersion(next)).isGreaterThan(resourceVersion(start));
        try (WatchStream watch = http.watch(from(start))) {
            Event event = watch.next();
            // Continues where the old watch ended, or reports an error.
            assertThat(event.type() + " " + event.name()).isIn("ADDED next", "ERROR ");
        }
    }

    @Test
    void watchLosesNothingWhenConnectionIsCut() throws Exception {
        JsonNode start = http.post(configMaps, ConfigMaps.named("start")).ok(201);
        try (FaultyProxy proxy = FaultyProxy.inFrontOf(api.url())) {
            Http proxied = http.at(proxy.urlFor(api.url()));
            String last;
            try (WatchStream watch = proxied.watch(from(start))) {
                http.post(configMaps, ConfigMaps.named("one")).ok(201);
                last = watch.next().resourceVersion();
                proxy.cut();
                assertThat(watch.hasEnded()).isTrue();
            }
            http.post(configMaps, ConfigMaps.named("two")).ok(201);
            try (WatchStream watch = proxied.watch(configMaps + "?resourceVersion=" + last)) {
                assertThat(watch.nextNames(1)).containsExactly("ADDED two");
            }
        }
    }

    @Test
    void deliversEventsHeldByHalfOpenConnection() throws Exception {
        JsonNode start = http.post(configMaps, ConfigMaps.named("start")).ok(201);
        try (FaultyProxy proxy = FaultyProxy.inFrontOf(api.url())) {
            Http proxied = http.at(proxy.urlFor(api.url()));
            try (WatchStream watch = proxied.watch(from(start))) {
                proxy.hang();
                http.post(configMaps, ConfigMaps.named("one")).ok(201);
                assertThatThrownBy(() -> proxied.within(Duration.ofMillis(500)).get(configMaps))
                        .isInstanceOf(UncheckedIOException.class);
                proxy.heal();
                assertThat(watch.nextNames(1)).containsExactly("ADDED one");
            }
        }
    }

    private String from(JsonNode object) {
        return configMaps + "?resourceVersion=" + resourceVersion(object);
    }

    private static long resourceVersion(JsonNode object) {
        return Long.parseLong(object.at("/metadata/resourceVersion").asString());
    }
}
