package dev.sluice.reconciler;

import dev.sluice.runtime.flag.Flag;
import dev.sluice.runtime.flag.FlagSet;
import dev.sluice.runtime.flag.FlagType;
import dev.sluice.runtime.flag.SharedFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line of the reconciler: that of source-watcher, and what is new here. */
final class ReconcilerFlags {

    static final String DIRECT_SOURCE_FETCH = "DirectSourceFetch";

    private static final int MAX_CONCURRENT = 1_000;
    private static final int MAX_RESERVE = 50;

    /** Of the source-watcher of Flux 2.10: who may write where, and mutual TLS. */
    private static final Set<String> UNIMPLEMENTED = Set.of(
            "default-service-account",
            "override-manager",
            "authorized-artifact-client-spiffe-id",
            "authorized-artifact-server-spiffe-id",
            "authorized-event-server-spiffe-id",
            "authorized-kube-apiserver-spiffe-id");

    private ReconcilerFlags() {}

    static FlagSet all() {
        return FlagSet.of(
                        "source-watcher",
                        "Builds artifacts from ArtifactGenerators and publishes them as ExternalArtifacts.")
                .with("Reconciliation", reconciliation())
                .with("Sources", sources())
                .with("Budgets", budgets())
                .with("Storage", storage())
                .with("Kubernetes", kubernetes())
                .with("Leader election", leaderElection())
                .with("Operations", operations())
                .with("Logging", SharedFlags.logging())
                .withUnimplemented(UNIMPLEMENTED);
    }

    private static List<Flag> reconciliation() {
        return List.of(
                Flag.of(
                        "concurrent",
                        FlagType.integer(1, MAX_CONCURRENT),
                        "10",
                        "How many generators are reconciled at the same time."),
                Flag.of(
                        "reconciliation-timeout",
                        FlagType.POSITIVE_DURATION,
                        "10m",
                        "A reconciliation that takes longer is ended and tried again."),
                Flag.of(
                        "requeue-dependency",
                        FlagType.POSITIVE_DURATION,
                        "5s",
                        "How soon a generator whose sources are not ready is looked at again."),
                Flag.of("min-retry-delay", FlagType.POSITIVE_DURATION, "750ms", "Wait after a first failure."),
                Flag.of("max-retry-delay", FlagType.POSITIVE_DURATION, "15m", "Longest wait after repeated failures."),
                Flag.of(
                        "interval-jitter-percentage",
                        FlagType.integer(0, 99),
                        "5",
                        "How much of the interval between two runs is left to chance."),
                Flag.of(
                        "no-cross-namespace-refs",
                        FlagType.BOOLEAN,
                        "false",
                        "Refuse generators that use sources of other namespaces."),
                Flag.of(
                        "feature-gates",
                        FlagType.featureGates(Map.of(DIRECT_SOURCE_FETCH, false)),
                        "",
                        "DirectSourceFetch reads sources from the API server instead of the cache."));
    }

    private static List<Flag> sources() {
        return List.of(
                Flag.of(
                        "http-retry",
                        FlagType.integer(0, 1_000),
                        "9",
                        "Retries of a failed download, after 5s to 30s; then the waits double up to --max-retry-delay."),
                Flag.of(
                        "source-cache-size",
                        FlagType.BYTES,
                        "1Gi",
                        "Bound of the cached sources, index included; sources in use may exceed it."),
                Flag.of(
                        "source-max-entries",
                        FlagType.integer(1, 50_000_000),
                        "500000",
                        "Files and directories that one source may have."),
                Flag.of(
                        "source-max-download-bytes",
                        FlagType.BYTES,
                        "256Mi",
                        "Compressed size that one source may have."),
                Flag.of(
                        "source-max-unpacked-bytes",
                        FlagType.BYTES,
                        "1Gi",
                        "Size that one source may have when it is unpacked."),
                Flag.of(
                        "source-min-rate",
                        FlagType.BYTES,
                        "16Ki",
                        "Bytes a second, on average of half a minute, below which a download is ended; 0 allows any."),
                Flag.of(
                        "source-url-prefixes",
                        FlagType.STRING,
                        "",
                        "URLs of sources, and of their redirects, must begin with one of these, separated by commas;"
                                + " empty allows all."));
    }

    private static List<Flag> budgets() {
        return List.of(
                Flag.of(
                        "generator-max-artifacts",
                        FlagType.integer(1, 6_000),
                        "1000",
                        "Artifacts that one generator may have."),
                Flag.of(
                        "run-max-copied-entries",
                        FlagType.integer(1, Integer.MAX_VALUE),
                        "1000000",
                        "Files and directories that all copy operations of one run may select."),
                Flag.of(
                        "run-max-output-bytes",
                        FlagType.BYTES,
                        "1Gi",
                        "Content that the artifacts of one run may have together, before compression."),
                Flag.of(
                        "merge-max-yaml-bytes",
                        FlagType.BYTES,
                        "10Mi",
                        "YAML that one merged file may have, with its aliases expanded."),
                Flag.of(
                        "heap-budget",
                        FlagType.BYTES,
                        "0",
                        "Heap for the sources and results of all runs; 0 is half of the JVM's heap. A run may use two"
                                + " thirds."),
                Flag.of(
                        "disk-budget",
                        FlagType.BYTES,
                        "4Gi",
                        "Temporary disk for the sources and results of all runs. A run may use two thirds."));
    }

    private static List<Flag> storage() {
        List<Flag> flags = new ArrayList<>();
        flags.add(SharedFlags.storagePath());
        flags.add(SharedFlags.storageAddress()
                .withDescription(
                        "Address that the artifact server listens on, to derive --storage-adv-addr; not bound."));
        flags.addAll(SharedFlags.storageWriting());
        flags.add(Flag.of(
                "volume-reserve",
                FlagType.integer(0, MAX_RESERVE),
                "5",
                "Percent of the volume kept for namespaces that hold less than their equal share of it; 0 for none."));
        flags.add(Flag.of(
                "verify-served",
                FlagType.BOOLEAN,
                "false",
                "Read a new artifact back through the artifact server before publishing it."));
        return flags;
    }

    private static List<Flag> kubernetes() {
        return List.of(
                Flag.of(
                        "kubeconfig",
                        FlagType.STRING,
                        "",
                        "Path of a kubeconfig; empty means $KUBECONFIG, ~/.kube/config, or the pod's service account."),
                Flag.of("kube-api-qps", FlagType.number(0.001), "50", "Requests a second to the API server."),
                Flag.of(
                        "object-cache-budget",
                        FlagType.BYTES,
                        "0",
                        "Objects in the caches, as JSON; 0 is an eighth of the JVM's heap. One namespace may have half."),
                Flag.of("kube-api-burst", FlagType.integer(1, 100_000), "300", "Requests at once after a pause."),
                Flag.of(
                        "watch-all-namespaces",
                        FlagType.BOOLEAN,
                        "true",
                        "False: generators and sources of the namespace in RUNTIME_NAMESPACE alone."),
                Flag.of(
                        "watch-label-selector",
                        FlagType.LABEL_SELECTOR,
                        "",
                        "Reconcile only generators with these labels (sharding)."),
                Flag.of(
                        "watch-configs-label-selector",
                        FlagType.LABEL_SELECTOR,
                        "",
                        "Accepted for compatibility, without effect: this controller watches no ConfigMaps or Secrets."));
    }

    private static List<Flag> leaderElection() {
        return List.of(
                Flag.of("enable-leader-election", FlagType.BOOLEAN, "false", "Let one of several replicas work."),
                Flag.of(
                        "leader-election-release-on-cancel",
                        FlagType.BOOLEAN,
                        "true",
                        "Release the lease on shutdown, so that a standby takes over at once."),
                Flag.of(
                        "leader-election-lease-duration",
                        FlagType.POSITIVE_DURATION,
                        "35s",
                        "How long a standby waits for a silent leader."),
                Flag.of(
                        "leader-election-renew-deadline",
                        FlagType.POSITIVE_DURATION,
                        "30s",
                        "How long a leader tries to renew before it stops."),
                Flag.of(
                        "leader-election-retry-period",
                        FlagType.POSITIVE_DURATION,
                        "5s",
                        "Wait between two tries to acquire or renew."));
    }

    private static List<Flag> operations() {
        return List.of(
                Flag.of("metrics-addr", FlagType.LISTEN_ADDRESS, ":8080", "Address of metrics (/metrics) and Actuator.")
                        .implying(SharedFlags::managementServer),
                SharedFlags.debugEndpoints(),
                Flag.of("health-addr", FlagType.LISTEN_ADDRESS, ":9440", "Address of /healthz and /readyz.")
                        .implying(SharedFlags::mainServer),
                Flag.of(
                        "events-addr",
                        FlagType.STRING,
                        "",
                        "Address of the notification-controller's event receiver; empty sends none."));
    }
}
