package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Tests how often and how much runs write. */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class RunsIT {

    @TempDir
    Path temporary;

    private Scenario scenario;

    @BeforeEach
    void start(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        scenario = new Scenario(api, namespace, temporary);
        scenario.publish("app", "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        scenario.start();
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void countsAThousandFailuresInTheStatusAndLogsAll() throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>(); // workers keep logging while it is read
        log.start();
        Logger reporter = (Logger) LoggerFactory.getLogger("dev.sluice.reconciler.generator.StatusReporter");
        reporter.addAppender(log);
        try {
            scenario.generator(
                    "gen",
                    IntStream.range(1, 1_000)
                            .mapToObj(i -> Scenario.artifact("broken-%03d".formatted(i), "missing-%d/**".formatted(i)))
                            .collect(Collectors.joining("", "", Scenario.artifact("whole", "a/**"))));

            String message = scenario.awaitCondition(
                            "gen", "Ready", "False", "BuildFailed", "and 989 more, 999 failures in total")
                    .getMessage();

            assertThat(message).hasSizeLessThanOrEqualTo(Conditions.MAX_MESSAGE_LENGTH);
            assertThat(message.lines().limit(10))
                    .allSatisfy(line -> assertThat(line).contains("build failed: copy[0] from \"@app/missing-"));
            assertThat(message).startsWith("broken-001 build failed: ");
            assertThat(scenario.offered("whole").revision()).startsWith("latest@sha256:");
            assertThat(scenario.status("gen").inventory()).hasSize(1);
            List<String> lines =
                    log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
            assertThat(IntStream.range(1, 1_000).mapToObj("broken-%03d build failed: "::formatted))
                    .allSatisfy(start -> assertThat(lines).anyMatch(line -> line.startsWith(start)));
        } finally {
            reporter.detachAppender(log);
        }
    }

    @Test
    void writesTheStatusTwiceInABuildAndNeverWithoutDrift() throws IOException {
        scenario.generator("gen", Scenario.artifact("part", "a/**"));
        scenario.awaitReady("gen");
        String built = version();

        // another spec for the same content: the edit, the progress, the result
        scenario.generator("gen", Scenario.artifact("part", "a/x.yaml"));
        await().atMost(Scenario.LIMIT)
                .until(() -> Long.valueOf(2)
                        .equals(scenario.condition("gen", "Ready").getObservedGeneration()));
        scenario.awaitReady("gen");
        assertThat(scenario.cluster().changes(scenario.key("gen"), built)).isEqualTo(3);
        built = version();

        // two edits that run without drift and write nothing; a request, and its acknowledgement
        scenario.annotate("gen", "source.extensions.fluxcd.io/reconcile", "\"disabled\"");
        scenario.annotate("gen", "source.extensions.fluxcd.io/reconcile", "null");
        scenario.request("gen");
        assertThat(scenario.cluster().changes(scenario.key("gen"), built)).isEqualTo(4);
    }

    @Test
    void keepsTheLastArtifactIfABuildFails() throws IOException {
        scenario.generator("gen", Scenario.artifact("part", "a/**") + Scenario.artifact("other", "**"));
        scenario.awaitReady("gen");
        ExternalArtifact part = scenario.object("part");
        String other = scenario.offered("other").revision();

        scenario.publish("app", "main@sha1:2", Map.of("b", "1\n"));

        scenario.awaitCondition(
                "gen", "Ready", "False", "BuildFailed", "part build failed: copy[0] from \"@app/a/**\"");
        assertThat(scenario.object("part").metadata().getResourceVersion())
                .isEqualTo(part.metadata().getResourceVersion());
        assertThat(scenario.file(scenario.offered("part"))).exists();
        assertThat(scenario.offered("other").revision()).isNotEqualTo(other);
        assertThat(scenario.status("gen").inventory()).hasSize(2);
    }

    @Test
    void reportsARunThatTimesOut() throws IOException {
        scenario.stop();
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Artifact source = scenario.announced("app");
            scenario.editStatus(
                    GitRepository.TYPE.kind(),
                    "app",
                    "{\"artifact\":{\"url\":\"http://127.0.0.1:%d/x\"}}".formatted(silent.getLocalPort()));
            scenario.start("--reconciliation-timeout=2s");
            scenario.generator("gen", Scenario.artifact("part", "a/**"));

            scenario.awaitCondition("gen", "Ready", "False", "ReconciliationFailed", "timed out after 2s");
            scenario.editStatus(
                    GitRepository.TYPE.kind(), "app", "{\"artifact\":{\"url\":\"%s\"}}".formatted(source.url()));
            scenario.awaitReady("gen");
        }
    }

    private String version() throws IOException {
        return Objects.requireNonNull(scenario.generator("gen").metadata().getResourceVersion());
    }
}
