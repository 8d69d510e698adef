package dev.sluice.reconciler.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.console.Consumer.Use;
import dev.sluice.reconciler.console.ConsumerReader.Consumers;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests what the graph learns from the API server about consumers, and how much it asks. */
class ConsumerReaderTest {

    private static final String KUSTOMIZATIONS = "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations";
    private static final String HELM_RELEASES = "/apis/helm.toolkit.fluxcd.io/v2/helmreleases";

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> answers = new HashMap<>();
    private final long[] now = {0};
    private HttpServer api;
    private ConsumerReader reader;

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
        ApiClient client = new ApiClient(new OkHttpClient())
                .setBasePath("http://127.0.0.1:" + api.getAddress().getPort());
        reader = new ConsumerReader(new ApiRequests(client, Duration.ofSeconds(30)), "", () -> now[0]);
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    @Test
    void findsTheUsersOfArtifactsOnAllPages() {
        answers.put(KUSTOMIZATIONS, list("second", """
                {"metadata": {"namespace": "apps", "name": "a"}, "spec": {"sourceRef": %s},
                 "status": {"conditions": [{"type": "Ready", "status": "False", "message": "no such path"}]}},
                {"metadata": {"namespace": "apps", "name": "git"}, "spec": {"sourceRef": {"kind": "GitRepository", "name": "out"}}}
                """.formatted(reference(""))));
        answers.put(KUSTOMIZATIONS + " second", list("", """
                {"metadata": {"namespace": "team", "name": "b"}, "spec": {"suspend": true, "sourceRef": %s}}
                """.formatted(reference("apps"))));
        answers.put(HELM_RELEASES, list("", """
                {"metadata": {"namespace": "apps", "name": "c"}, "spec": {"chartRef": %s},
                 "status": {"conditions": [{"type": "Ready", "status": "True"}]}},
                {"metadata": {"namespace": "apps", "name": "d"}, "spec": {}}
                """.formatted(reference(""))));

        Consumers consumers = reader.read();

        assertThat(consumers.notices()).isEmpty();
        assertThat(consumers.uses()).allMatch(use -> use.artifact().equals(Samples.key("out")));
        assertThat(consumers.uses().stream().map(Use::consumer).map(node -> node.id() + " " + node.state()))
                .containsExactly(
                        "Kustomization/apps/a FAILING", "Kustomization/team/b SUSPENDED", "HelmRelease/apps/c READY");
        assertThat(consumers.uses().get(0).consumer().message()).isEqualTo("no such path");
    }

    @Test
    void saysWhyAKindIsMissing() {
        answers.put(KUSTOMIZATIONS, "403");

        assertThat(reader.read().notices())
                .satisfiesExactly(
                        forbidden -> assertThat(forbidden)
                                .contains("Kustomization are not shown", "may not list them", "console.consumers=true"),
                        unknown -> assertThat(unknown)
                                .contains("HelmRelease are not shown", "the cluster does not have this kind"));
    }

    @Test
    void asksRarelyAndEndsAtALimit() {
        answers.put(KUSTOMIZATIONS, list("x", ""));
        answers.put(KUSTOMIZATIONS + " x", list("x", ""));
        answers.put(HELM_RELEASES, list("", ""));

        assertThat(reader.read().notices()).singleElement().asString().contains("there are too many");
        assertThat(requests).hasSize(21);
        now[0] = ConsumerReader.MAX_AGE.toNanos() - 1;
        assertThat(reader.read()).isSameAs(reader.read());
        assertThat(requests).hasSize(21);
        now[0] = ConsumerReader.MAX_AGE.toNanos();
        assertThat(reader.read().uses()).isEmpty();
        assertThat(requests).hasSize(42);
    }

    private static String reference(String namespace) {
        return "{\"kind\": \"ExternalArtifact\", \"name\": \"out\", \"namespace\": \"%s\"}".formatted(namespace);
    }

    private static String list(String next, String items) {
        return "{\"metadata\": {\"resourceVersion\": \"1\", \"continue\": \"%s\"}, \"items\": [%s]}"
                .formatted(next, items);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        assertThat(query).contains("limit=500");
        String path = exchange.getRequestURI().getPath()
                + query.replaceAll("&?limit=500&?", "").replace("continue=", " ");
        requests.add(path);
        String answer = answers.getOrDefault(path, "404");
        boolean isError = answer.length() == 3;
        byte[] body = (isError ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(isError ? Integer.parseInt(answer) : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
