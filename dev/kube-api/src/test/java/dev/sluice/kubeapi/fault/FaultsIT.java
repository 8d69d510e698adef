package dev.sluice.kubeapi.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import dev.sluice.kubeapi.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class FaultsIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String NAMESPACES = "/api/v1/namespaces";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private KubeApi api;

    @BeforeEach
    void start() throws Exception {
        api = KubeApi.start(KubeApiOptions.defaults());
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    @Test
    void strikesAsOftenAsItIsTold() throws Exception {
        api.faults().add(Fault.always(Fault.Action.SERVER_ERROR).on(NAMESPACES).times(2));

        assertThat(get("/version").statusCode()).isEqualTo(200);
        assertThat(get(NAMESPACES).statusCode()).isEqualTo(500);
        assertThat(get(NAMESPACES).statusCode()).isEqualTo(500);
        assertThat(get(NAMESPACES).statusCode()).isEqualTo(200);
    }

    @Test
    void asksForPatience() throws Exception {
        api.faults().add(Fault.always(Fault.Action.TOO_MANY_REQUESTS).delay(Duration.ofSeconds(7)));

        HttpResponse<String> answer = get(NAMESPACES);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(Json.parse(answer.body()).path("reason").asString()).isEqualTo("TooManyRequests");
    }

    @Test
    void saysThatTheRevisionIsGone() throws Exception {
        api.faults().add(Fault.always(Fault.Action.GONE).of("GET").times(1));
        assertThat(Json.parse(get(NAMESPACES).body()).path("reason").asString()).isEqualTo("Expired");
    }

    @Test
    void hangsUntilItIsCleared() throws Exception {
        api.faults().add(Fault.always(Fault.Action.HANG).times(1));
        CompletableFuture<HttpResponse<String>> hanging = http.sendAsync(request(NAMESPACES), text());
        await().atMost(LIMIT).until(() -> api.faults().list().isEmpty());
        assertThat(get(NAMESPACES).statusCode()).isEqualTo(200);
        assertThat(hanging).isNotDone();

        api.faults().clear();
        assertThat(hanging.get().statusCode()).isEqualTo(200);
    }

    @Test
    void delaysAndThenServes() throws Exception {
        Duration delay = Duration.ofMillis(300);
        api.faults().add(Fault.always(Fault.Action.DELAY).delay(delay).times(1));
        long before = System.nanoTime();
        assertThat(get(NAMESPACES).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(delay);
    }

    @Test
    void refusesConnectionsWhileItDoesNotListen() throws Exception {
        assertThat(get(NAMESPACES).statusCode()).isEqualTo(200);
        api.faults().stopListening();
        assertThatThrownBy(() -> get(NAMESPACES)).isInstanceOf(IOException.class);
        api.faults().startListening();
        assertThat(get(NAMESPACES).statusCode()).isEqualTo(200);
    }

    @Test
    void isSwitchedOverHttpToo() throws Exception {
        post("/sluice/faults", "{\"action\":\"server_error\",\"pathPrefix\":\"/api/v1/secrets\",\"times\":1}");
        assertThat(get("/api/v1/secrets").statusCode()).isEqualTo(500);
        assertThat(get("/api/v1/secrets").statusCode()).isEqualTo(200);

        JsonNode log =
                Json.parse(get("/sluice/requests?pathPrefix=/api/v1/secrets").body());
        assertThat(log.path("count").asInt()).isEqualTo(2);
        assertThat(log.at("/items/0/method").asString()).isEqualTo("GET");
    }

    @Test
    void movesResourceVersionsOverARestartAskedForOverHttp() throws Exception {
        post("/sluice/restart", "{\"revisionJump\":5000}");
        await().atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(Json.parse(get(NAMESPACES).body())
                                .at("/metadata/resourceVersion")
                                .asString())
                        .hasSizeGreaterThanOrEqualTo(4));
    }

    @Test
    void refusesAFaultThatItDoesNotKnow() throws Exception {
        assertThat(post("/sluice/faults", "{\"action\":\"explode\"}").statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path), text());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.url().resolve(path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, text());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(api.url().resolve(path)).timeout(LIMIT).build();
    }

    private static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString();
    }
}
