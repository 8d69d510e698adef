package dev.sluice.examples.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@KubernetesTest
@Timeout(120)
final class GitRepositoryWatcherIT {

    private static final String FIRST = "v0.41.2@sha1:81606709114f6d16a432f9f4bfc774942f054327";
    private static final String SECOND = "v2.0.0-rc.1@sha1:658925c2c0e6c408597d907a8ebee06a9a6d7f30";
    static final List<String> REVISIONS = List.of(FIRST, SECOND);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    Path volume;

    @TempDir
    Path scratch;

    private final ApiClient client;
    private final ObjectKey key;
    private final AtomicInteger refusals = new AtomicInteger();
    private CapturedLog log;
    private Repositories repositories;
    private Watcher watcher;

    GitRepositoryWatcherIT(KubernetesApi api, @TestNamespace String namespace) {
        this.client = api.newClient();
        this.key = new ObjectKey(namespace, "test");
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @BeforeEach
    void start() throws IOException {
        repositories = new Repositories(client, volume, () -> refusals.getAndUpdate(n -> Math.max(0, n - 1)) == 0);
        repositories.installDefinition();
        repositories.create(key);
        log = new CapturedLog();
        WatcherOptions given = WatcherOptions.parse(
                List.of("--http-retry=3", "--namespace=" + key.namespace()),
                Map.of("SOURCE_CONTROLLER_LOCALHOST", repositories.localAddress()));
        RetryPolicy quick = new RetryPolicy(given.fetch().retry().retries(), SHORT, SHORT);
        watcher = Watcher.start(
                client,
                new WatcherOptions(
                        given.namespace(),
                        given.fetch().withRetry(quick),
                        new BackOffOptions(SHORT, Duration.ofMillis(200), 0),
                        scratch));
    }

    @AfterEach
    void stop() throws IOException {
        watcher.close();
        assertThat(log.messages()).as("a stop logs no errors").noneMatch(message -> message.contains("interrupted"));
        log.close();
        repositories.close();
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void processesEveryRevisionOnce() throws IOException {
        Artifact first = repositories.store(key, FIRST, "manifests/install.yaml");
        repositories.offer(key, first, "stored artifact");
        awaitMessage("Processing manifests");

        repositories.offer(key, first, "stored artifact, checked again");
        repositories.offer(key, repositories.store(key, SECOND, "README.md"), "stored artifact");
        awaitMessage("Processing README.md");

        assertThat(log.messages())
                .containsExactly(
                        "New revision detected " + FIRST,
                        "Processing manifests",
                        "New revision detected " + SECOND,
                        "Processing README.md");
    }

    @Test
    void logsInFormatOfFluxAndReadme() throws IOException {
        repositories.offer(key, repositories.store(key, FIRST, "manifests/install.yaml"), "stored artifact");
        awaitMessage("Processing manifests");

        List<JsonObject> shown = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("{\"level\""))
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
        assertThat(log.lines()).hasSameSizeAs(shown);
        for (int i = 0; i < shown.size(); i++) {
            JsonObject line = log.lines().get(i);
            assertThat(line.keySet()).isEqualTo(shown.get(i).keySet());
            assertThat(comparable(line, key.namespace())).isEqualTo(comparable(shown.get(i), "flux-system"));
        }
    }

    /** Removes the fields that differ between runs. */
    private static JsonObject comparable(JsonObject line, String namespace) {
        JsonObject lasting = JsonParser.parseString(line.toString().replace(namespace, "NAMESPACE"))
                .getAsJsonObject();
        List.of("ts", "reconcileID").forEach(lasting::remove);
        return lasting;
    }

    @Test
    void retriesDownloadWithinRun() throws IOException {
        refusals.set(3);
        repositories.offer(key, repositories.store(key, FIRST, "manifests/install.yaml"), "stored artifact");
        awaitMessage("Processing manifests");

        assertThat(log.messages())
                .containsExactly(
                        "New revision detected " + FIRST,
                        "download failed; retrying",
                        "download failed; retrying",
                        "download failed; retrying",
                        "Processing manifests");
    }

    @Test
    void retriesAfterWrongDigest() throws IOException {
        Artifact artifact = repositories.store(key, FIRST, "manifests/install.yaml");
        String wrong = Digest.ofBytes(DigestAlgorithm.SHA256, new byte[0]).toString();
        repositories.offer(key, artifact.withDigest(wrong), "stored artifact");
        awaitRuns(2);
        assertThat(log.errors()).first().asString().contains(wrong);
        assertThat(log.messages()).noneMatch(message -> message.startsWith("Processing"));

        repositories.offer(key, artifact, "stored artifact");
        awaitMessage("Processing manifests");
    }

    @Test
    void retriesAfterMissingFile() throws IOException {
        Artifact artifact = repositories.store(key, FIRST, "manifests/install.yaml");
        repositories.remove(artifact);
        repositories.offer(key, artifact, "stored artifact");
        awaitRuns(2);
        assertThat(log.errors()).first().asString().contains("404");

        assertThat(repositories.store(key, FIRST, "manifests/install.yaml").digest())
                .isEqualTo(artifact.digest());
        awaitMessage("Processing manifests");
    }

    private void awaitMessage(String message) {
        await().untilAsserted(() -> assertThat(log.messages()).contains(message));
    }

    private void awaitRuns(int runs) {
        await().untilAsserted(() -> assertThat(Collections.frequency(log.messages(), "New revision detected " + FIRST))
                .isGreaterThanOrEqualTo(runs));
        await().untilAsserted(() -> assertThat(log.errors()).isNotEmpty());
    }
}
