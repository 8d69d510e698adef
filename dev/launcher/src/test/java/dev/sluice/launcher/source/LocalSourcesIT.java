package dev.sluice.launcher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import dev.sluice.launcher.cluster.ApiServer;
import dev.sluice.launcher.cluster.Manifests;
import dev.sluice.launcher.view.ClusterWatch;
import dev.sluice.launcher.view.Hints;
import dev.sluice.launcher.view.Terminal;
import dev.sluice.launcher.view.TerminalView;
import dev.sluice.toolkit.crd.ToolkitCrds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing of a directory, observed in its GitRepository and on the terminal. */
class LocalSourcesIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OBJECT = "/apis/source.toolkit.fluxcd.io/v1/namespaces/default/gitrepositories/app";

    @TempDir
    private Path temp;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path directory = Path.of("unset");
    private KubeApi api;
    private ClusterWatch watch;
    private LocalSources sources;

    @BeforeEach
    void publishDirectory() throws Exception {
        directory = Files.createDirectory(temp.resolve("deploy"));
        Files.writeString(directory.resolve("a.yaml"), "a: 1\n");
        api = KubeApi.start(KubeApiOptions.defaults());
        ApiServer server = new ApiServer(api.url());
        for (String manifest : ToolkitCrds.manifests()) {
            for (Map<String, Object> crd : Manifests.parse("CRD", manifest)) {
                server.apply("CRD", crd);
            }
        }
        Terminal terminal = new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8), false);
        TerminalView view = new TerminalView(terminal, new Hints(api.url()), Instant.now());
        ReconcileRequests requests = new ReconcileRequests();
        watch = ClusterWatch.start(api.url(), view, requests::seen);
        Path stored = Files.createDirectory(temp.resolve("stored"));
        ArtifactStorage storage = new ArtifactStorage(StorageOptions.of(stored, "127.0.0.1:1"), Clock.systemUTC());
        Path scratch = Files.createDirectory(temp.resolve("scratch"));
        sources = LocalSources.start(
                List.of(new LocalSource("app", directory)), storage, scratch, server, requests, view);
        awaitReady("True", "Succeeded");
    }

    @AfterEach
    void stop() throws IOException {
        if (Files.exists(directory)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        sources.close();
        watch.close();
        api.close();
    }

    @Test
    void keepsArtifactWhileDirectoryIsMissing() throws Exception {
        JsonObject before = status().getAsJsonObject("artifact");
        Path elsewhere = Files.move(directory, temp.resolve("elsewhere"));

        String message = awaitReady("False", "StatOperationFailed");
        String expected = "directory %s does not exist; its last artifact stays published".formatted(directory);
        assertThat(message).isEqualTo(expected);
        assertThat(status().getAsJsonObject("artifact")).isEqualTo(before);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(lines(expected)).isOne());

        Files.move(elsewhere, directory);
        awaitReady("True", "Succeeded");
        assertThat(status().getAsJsonObject("artifact")).isEqualTo(before);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(lines("app: readable again, content unchanged"))
                        .isOne());
    }

    @Test
    void keepsArtifactWhileFileIsUnreadable() throws Exception {
        Path secret = Files.writeString(directory.resolve("b.yaml"), "b: 1\n");
        await().atMost(LIMIT).until(() -> lines("2 files") == 1);
        JsonObject before = status().getAsJsonObject("artifact");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("-wx------"));
        assumeTrue(!Files.isReadable(secret), "root can read all files");

        String message = awaitReady("False", "ReadOperationFailed");
        assertThat(message)
                .isEqualTo("cannot read %s: permission denied; check owner and mode; its last artifact stays published"
                        .formatted(secret.toRealPath()));
        assertThat(status().getAsJsonObject("artifact")).isEqualTo(before);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(lines(message)).isOne());

        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        awaitReady("True", "Succeeded");
    }

    @Test
    void acknowledgesReconcileRequestWithoutChange() throws Exception {
        JsonObject before = status().getAsJsonObject("artifact");

        annotate("once");
        awaitAnswer("once");
        assertThat(status().getAsJsonObject("artifact")).isEqualTo(before);

        Files.move(directory, temp.resolve("elsewhere"));
        awaitReady("False", "StatOperationFailed");
        annotate("again");
        awaitAnswer("again");
        awaitReady("False", "StatOperationFailed");
    }

    @Test
    void reportsObservedGeneration() throws Exception {
        send("PATCH", OBJECT, "{\"metadata\":{\"annotations\":{\"a\":\"b\"}},\"spec\":{\"timeout\":\"9s\"}}");
        annotate("once");
        awaitAnswer("once");
        JsonObject object = JsonParser.parseString(send("GET", OBJECT, "")).getAsJsonObject();
        assertThat(status().get("observedGeneration"))
                .isEqualTo(object.getAsJsonObject("metadata").get("generation"));
    }

    private String awaitReady(String status, String reason) {
        await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> {
            assertThat(ready().get("status").getAsString()).isEqualTo(status);
            assertThat(ready().get("reason").getAsString()).isEqualTo(reason);
        });
        return ready().get("message").getAsString();
    }

    private void awaitAnswer(String request) {
        await().atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(status().get("lastHandledReconcileAt").getAsString())
                                .isEqualTo(request));
    }

    private void annotate(String request) {
        String patch = "{\"metadata\":{\"annotations\":{\"reconcile.fluxcd.io/requestedAt\":\"%s\"}}}";
        send("PATCH", OBJECT, patch.formatted(request));
    }

    private JsonObject ready() {
        return status().getAsJsonArray("conditions").get(0).getAsJsonObject();
    }

    private JsonObject status() {
        return JsonParser.parseString(send("GET", OBJECT, "")).getAsJsonObject().getAsJsonObject("status");
    }

    private long lines(String text) {
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(text))
                .count();
    }

    private String send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api.url() + path))
                .header("Content-Type", "application/merge-patch+json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .timeout(LIMIT)
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
