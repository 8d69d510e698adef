package dev.sluice.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.controller.leader.Leadership;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.QueueStats;
import dev.sluice.controller.queue.Result;
import dev.sluice.controller.queue.RunOutcome;
import dev.sluice.toolkit.meta.ObjectKey;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControllerMetricsTest {

    private static final ControllerOptions OPTIONS =
            ControllerOptions.named("artifactgenerator").withWorkers(7);
    private static final String LABELS = "{controller=\"artifactgenerator\"} ";
    private static final String QUEUE_LABELS = "{controller=\"artifactgenerator\",name=\"artifactgenerator\"} ";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void everySeriesStartsAtZero() {
        metrics();

        assertThat(page())
                .contains(
                        result("success", 0),
                        result("error", 0),
                        result("requeue", 0),
                        result("requeue_after", 0),
                        "controller_runtime_reconcile_errors_total" + LABELS + "0.0",
                        "controller_runtime_terminal_reconcile_errors_total" + LABELS + "0.0",
                        "controller_runtime_reconcile_panics_total" + LABELS + "0.0",
                        "controller_runtime_reconcile_timeouts_total" + LABELS + "0.0",
                        "controller_runtime_max_concurrent_reconciles" + LABELS + "7.0",
                        "controller_runtime_active_workers" + LABELS + "2.0",
                        "controller_runtime_reconcile_time_seconds_count" + LABELS + "0",
                        "workqueue_depth{controller=\"artifactgenerator\",name=\"artifactgenerator\",priority=\"0\"} 3.0",
                        "workqueue_adds_total" + QUEUE_LABELS + "0.0",
                        "workqueue_retries_total" + QUEUE_LABELS + "0.0",
                        "workqueue_unfinished_work_seconds" + QUEUE_LABELS + "5.5",
                        "workqueue_longest_running_processor_seconds" + QUEUE_LABELS + "4.0",
                        "workqueue_queue_duration_seconds_count" + QUEUE_LABELS + "0",
                        "workqueue_work_duration_seconds_count" + QUEUE_LABELS + "0");
    }

    @Test
    void countsOutcomesLikeControllerRuntime() {
        ControllerMetrics metrics = metrics();
        Stream.of(RunOutcome.values()).forEach(outcome -> metrics.finished(outcome, Duration.ofMillis(7)));

        assertThat(page())
                .contains(
                        result("success", 1),
                        result("requeue", 1),
                        result("requeue_after", 1),
                        result("error", 4),
                        "controller_runtime_reconcile_errors_total" + LABELS + "4.0",
                        "controller_runtime_terminal_reconcile_errors_total" + LABELS + "1.0",
                        "controller_runtime_reconcile_panics_total" + LABELS + "1.0",
                        "controller_runtime_reconcile_timeouts_total" + LABELS + "1.0",
                        "controller_runtime_reconcile_time_seconds_bucket{controller=\"artifactgenerator\",le=\"0.005\"} 0",
                        "controller_runtime_reconcile_time_seconds_bucket{controller=\"artifactgenerator\",le=\"0.01\"} 8",
                        "workqueue_work_duration_seconds_count" + QUEUE_LABELS + "8");
    }

    @Test
    void measuresTheQueue() {
        ControllerMetrics metrics = metrics();
        metrics.added();
        metrics.added();
        metrics.retried();
        metrics.taken(Duration.ofSeconds(20));

        assertThat(page())
                .contains(
                        "workqueue_adds_total" + QUEUE_LABELS + "2.0",
                        "workqueue_retries_total" + QUEUE_LABELS + "1.0",
                        "workqueue_queue_duration_seconds_sum" + QUEUE_LABELS + "20.0");
        assertThat(bounds("workqueue_queue_duration_seconds_bucket"))
                .hasSize(13)
                .contains("1.0E-8", "1000.0");
    }

    @Test
    void usesFluxBucketsAndRemovesTheSeriesOfDeletedObjects() throws Exception {
        Set<ObjectKey> living = new HashSet<>();
        ObjectKey one = new ObjectKey("apps", "one");
        living.add(one);
        ReconcileDurations durations =
                new ReconcileDurations(key -> Result.done(), registry, "ArtifactGenerator", living::contains);

        durations.reconcile(one);
        assertThat(page())
                .anyMatch(
                        line -> line.startsWith(
                                "gotk_reconcile_duration_seconds_count{kind=\"ArtifactGenerator\",name=\"one\",namespace=\"apps\"} 1"));
        List<String> bounds = bounds("gotk_reconcile_duration_seconds_bucket");
        assertThat(bounds).hasSize(11).startsWith("0.01").endsWith("1800.0", "+Inf");
        assertThat(Double.parseDouble(bounds.get(1))).isBetween(0.038, 0.039);

        living.clear();
        durations.reconcile(one);
        assertThat(page()).noneMatch(line -> line.contains("name=\"one\""));
    }

    @Test
    void measuresFailedRuns() {
        ReconcileDurations durations = new ReconcileDurations(
                key -> {
                    throw new IOException("down");
                },
                registry,
                "ArtifactGenerator",
                key -> true);

        assertThatIOException().isThrownBy(() -> durations.reconcile(new ObjectKey("apps", "one")));
        assertThat(page()).anyMatch(line -> line.startsWith("gotk_reconcile_duration_seconds_count"));
    }

    @Test
    void measuresLeadership() {
        List<String> calls = new ArrayList<>();
        LeaderMetrics leader = new LeaderMetrics(
                new Leadership() {
                    @Override
                    public void begin() {
                        calls.add("begin");
                    }

                    @Override
                    public boolean end(Duration limit) {
                        calls.add("end");
                        return true;
                    }
                },
                registry,
                "the-lease");
        assertThat(page()).contains(status(0), changes(0));
        leader.begin();
        assertThat(page()).contains(status(1), changes(1));
        leader.end(Duration.ZERO);
        assertThat(page()).contains(status(0), changes(2));
        assertThat(calls).containsExactly("begin", "end");
    }

    private ControllerMetrics metrics() {
        ControllerMetrics metrics = new ControllerMetrics(registry, OPTIONS);
        metrics.watch(() -> new QueueStats(3, 1, 2, Duration.ofMillis(5500), Duration.ofSeconds(4)));
        return metrics;
    }

    private List<String> page() {
        return registry.scrape().lines().toList();
    }

    private List<String> bounds(String series) {
        return page().stream()
                .filter(line -> line.startsWith(series))
                .map(line -> line.replaceAll(".*le=\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static String result(String result, int count) {
        return "controller_runtime_reconcile_total{controller=\"artifactgenerator\",result=\"%s\"} %d.0"
                .formatted(result, count);
    }

    private static String status(int value) {
        return "leader_election_master_status{name=\"the-lease\"} " + value + ".0";
    }

    private static String changes(int count) {
        return "sluice_leader_changes_total{name=\"the-lease\"} " + count + ".0";
    }
}
