package dev.sluice.launcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Checks of the metrics of two running services. */
public final class MetricsChecks {

    private static final Path FILES =
            Path.of("../../charts/sluice/files").toAbsolutePath().normalize();
    private static final Path ALERTS = FILES.resolve("alerts.yaml");
    private static final Path KUBE_STATE_METRICS = FILES.resolve("kube-state-metrics.yaml");
    private static final Path DASHBOARD = FILES.resolve("dashboards/sluice.json");

    private static final String NAMESPACE = "flux-system";
    private static final String POD = "source-watcher-1";

    /** Metrics that exist only with leader election; ControllerMetricsTest checks their names and labels. */
    private static final Set<String> WITH_ELECTION = Set.of("leader_election_master_status");

    private MetricsChecks() {}

    /** Names, types, labels and buckets match the checked-in lists, on both paths. */
    public static void matchCheckedInLists(int reconciler, int artifactServer)
            throws IOException, InterruptedException {
        for (String path : List.of("/metrics", "/actuator/prometheus")) {
            assertThat(Scrape.of(reconciler, path).ours())
                    .as("reconciler " + path)
                    .isEqualTo(list("reconciler.txt"));
            assertThat(Scrape.of(artifactServer, path).ours())
                    .as("artifact server " + path)
                    .isEqualTo(list("artifact-server.txt"));
        }
    }

    /** Prometheus accepts every expression, every expression reads existing series, and every panel shows data. */
    public static void answerDashboardAndAlerts(Path directory, int prometheusPort, int reconciler, int artifactServer)
            throws IOException, InterruptedException {
        Optional<Path> home = Prometheus.home();
        if (home.isEmpty()) {
            System.out.println(
                    "MetricsChecks: SLUICE_PROMETHEUS is not set; skipping dashboard and alerts; see .ci/prometheus.sh");
            return;
        }
        assertThat(Prometheus.check(home.get(), ALERTS)).isEmpty();
        Path work = Files.createDirectory(directory.resolve("prometheus"));
        String labels = "namespace: %s, pod: %s".formatted(NAMESPACE, POD);
        try (ClusterMetrics cluster = ClusterMetrics.open(KUBE_STATE_METRICS, NAMESPACE, POD);
                Prometheus prometheus = Prometheus.scraping(
                        home.get(), work, prometheusPort, labels, reconciler, artifactServer, cluster.port())) {
            for (String expression : Expressions.ofDashboard(DASHBOARD)) {
                prometheus.results(expression);
                if (!WITH_ELECTION.containsAll(Expressions.metrics(expression))) {
                    awaitSeries(prometheus, ofSuccesses(expression));
                }
            }
            for (String expression : Expressions.ofRules(ALERTS)) {
                prometheus.results(expression);
                Set<String> names = new HashSet<>(Expressions.metrics(expression));
                assertThat(names).as(expression).isNotEmpty();
                names.removeAll(WITH_ELECTION);
                for (String name : names) {
                    awaitSeries(prometheus, name);
                }
            }
        }
    }

    /** No request has to fail here: the labels in the panel of failed requests are checked with the other requests. */
    private static String ofSuccesses(String expression) {
        return expression.replace("code!~\"2..\"", "code=~\"2..\"");
    }

    /** Waits for a series: some appear only a while after startup, such as those of the first volume scan. */
    private static void awaitSeries(Prometheus prometheus, String expression) {
        await(expression)
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> prometheus.results(expression) > 0);
    }

    private static String list(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(MetricsChecks.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
