package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.flag.Flag;
import dev.sluice.runtime.flag.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReconcilerFlagsTest {

    /** Flags bound by the web servers and the logging system. */
    private static final List<String> BOUND_ELSEWHERE =
            List.of("metrics-addr", "debug-endpoints", "log-level", "log-encoding");

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("concurrent", "10"),
            Map.entry("metrics-addr", ":8080"),
            Map.entry("health-addr", ":9440"),
            Map.entry("events-addr", ""),
            Map.entry("console-addr", ""),
            Map.entry("console-contents", "true"),
            Map.entry("console-namespaces", ""),
            Map.entry("http-retry", "9"),
            Map.entry("reconciliation-timeout", "10m"),
            Map.entry("requeue-dependency", "5s"),
            Map.entry("progress-delay", "1s"),
            Map.entry("storage-path", "/data"),
            Map.entry("storage-addr", ":9090"),
            Map.entry("storage-adv-addr", ""),
            Map.entry("storage-group-readable", "false"),
            Map.entry("artifact-retention-ttl", "1m"),
            Map.entry("artifact-retention-records", "2"),
            Map.entry("artifact-digest-algo", "sha256"),
            Map.entry("kubeconfig", ""),
            Map.entry("kube-api-qps", "1000"),
            Map.entry("kube-api-burst", "2000"),
            Map.entry("enable-leader-election", "false"),
            Map.entry("leader-election-release-on-cancel", "true"),
            Map.entry("leader-election-lease-duration", "35s"),
            Map.entry("leader-election-renew-deadline", "30s"),
            Map.entry("leader-election-retry-period", "5s"),
            Map.entry("log-level", "info"),
            Map.entry("log-encoding", "json"),
            Map.entry("min-retry-delay", "750ms"),
            Map.entry("max-retry-delay", "15m"),
            Map.entry("interval-jitter-percentage", "5"),
            Map.entry("watch-all-namespaces", "true"),
            Map.entry("watch-label-selector", ""),
            Map.entry("watch-configs-label-selector", ""),
            Map.entry("no-cross-namespace-refs", "false"),
            Map.entry("feature-gates", ""),
            Map.entry("source-cache-size", "1Gi"),
            Map.entry("source-max-entries", "500000"),
            Map.entry("source-max-download-bytes", "256Mi"),
            Map.entry("source-max-unpacked-bytes", "1Gi"),
            Map.entry("source-min-rate", "16Ki"),
            Map.entry("source-url-prefixes", ""),
            Map.entry("volume-reserve", "5"),
            Map.entry("generator-max-artifacts", "1000"),
            Map.entry("run-max-copied-entries", "1000000"),
            Map.entry("run-max-output-bytes", "1Gi"),
            Map.entry("merge-max-yaml-bytes", "10Mi"),
            Map.entry("heap-budget", "0"),
            Map.entry("object-cache-budget", "0"),
            Map.entry("disk-budget", "4Gi"),
            Map.entry("default-service-account", ""),
            Map.entry("manage-namespaces", "false"),
            Map.entry("protected-namespaces", ""),
            Map.entry("override-manager", ""),
            Map.entry("debug-endpoints", "false"),
            Map.entry("verify-served", "false"));

    @Test
    void rejectsUnimplementedFluxFlagsInOneLine() {
        assertThatThrownBy(() -> ReconcilerFlags.all()
                        .parse(
                                "--authorized-kube-apiserver-spiffe-id=spiffe://self",
                                "--log-level=debug",
                                "--authorized-artifact-client-spiffe-id",
                                "spiffe://a",
                                "--authorized-artifact-client-spiffe-id=spiffe://b"))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "flags of Flux controllers that source-watcher does not implement:"
                                + " --authorized-kube-apiserver-spiffe-id, --authorized-artifact-client-spiffe-id; remove them");
    }

    @Test
    void checksSpiffeIdsAtTheStartAndJoinsRepeatedOnes() {
        assertThat(ReconcilerFlags.all()
                        .parse(
                                "--authorized-artifact-server-spiffe-id=spiffe://self/ns/flux-system/",
                                "--authorized-artifact-server-spiffe-id",
                                "spiffe://example.org")
                        .values())
                .containsEntry(
                        "authorized-artifact-server-spiffe-id", "spiffe://self/ns/flux-system/,spiffe://example.org");
        assertThatThrownBy(() -> ReconcilerFlags.all().parse("--authorized-event-server-spiffe-id=flux-system"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--authorized-event-server-spiffe-id: \"flux-system\" is not allowed; use"
                        + " spiffe://TRUST-DOMAIN for every ID of a trust domain");
        // an empty variable must not switch mutual TLS off
        assertThatThrownBy(() -> ReconcilerFlags.all().parse("--authorized-event-server-spiffe-id="))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--authorized-event-server-spiffe-id needs a value");
    }

    @Test
    void hasEveryFlagWithItsDefault() {
        Map<String, String> actual = new TreeMap<>();
        ReconcilerFlags.all().all().forEach(flag -> actual.put(flag.name(), flag.defaultValue()));

        assertThat(actual).containsAllEntriesOf(DEFAULTS);
    }

    @Test
    void flagsAndSettingsMatch() {
        List<String> settings = Arrays.stream(ReconcilerSettings.class.getRecordComponents())
                .map(component -> kebab(component.getName()))
                .toList();
        List<String> bound = ReconcilerFlags.all().all().stream()
                .map(Flag::name)
                .filter(name -> !BOUND_ELSEWHERE.contains(name))
                .collect(Collectors.toList());

        assertThat(settings).containsExactlyInAnyOrderElementsOf(bound);
    }

    private static String kebab(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
