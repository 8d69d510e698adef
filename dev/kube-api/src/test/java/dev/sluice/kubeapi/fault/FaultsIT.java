package dev.sluice.kubeapi.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    void holdsRequestsDuringPause() throws Exception {
        api.faults().pause();
        CompletableFuture<HttpResponse<String>> held = http.sendAsync(request(NAMESPACES), text());
        await().atMost(LIMIT)
                .until(() -> api.faults().requests().count(entry -> entry.path().equals(NAMESPACES)) == 1);
        assertThat(held).isNotDone();

        api.faults().clear();
        assertThat(held.get().statusCode()).isEqualTo(200);
        assertThat(get(NAMESPACES).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesConnectionsWhileNotListening() throws Exception {
        assertThat(get(NAMESPACES).statusCode()).isEqualTo(200);
        api.faults().stopListening();
        assertThatThrownBy(() -> get(NAMESPACES)).isInstanceOf(IOException.class);
        api.faults().startListening();
        assertThat(get(NAMESPACES).statusCode()).isEqualTo(200);
    }

    @Test
    void logsRequests() throws Exception {
        get("/api/v1/secrets?limit=1");
        assertThat(api.faults().requests().entries())
                .extracting(RequestLog.Entry::method, RequestLog.Entry::path, RequestLog.Entry::query)
                .containsExactly(tuple("GET", "/api/v1/secrets", "limit=1"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path), text());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(api.url().resolve(path)).timeout(LIMIT).build();
    }

    private static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString();
    }
}
