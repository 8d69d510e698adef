package dev.sluice.reconciler;

import dev.sluice.runtime.flag.Flag;
import dev.sluice.runtime.flag.FlagSet;
import dev.sluice.runtime.flag.FlagType;
import dev.sluice.runtime.flag.SharedFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line flags of the reconciler: those of source-watcher and additional ones. */
final class ReconcilerFlags {

    static final String DIRECT_SOURCE_FETCH = "DirectSourceFetch";

    private static final int MAX_CONCURRENT = 1_000;
    private static final int MAX_RESERVE = 50;

    /** Flux 2.10 flags for mutual TLS: one is for the artifact server, the other is not implemented in Flux yet. */
    private static final Set<String> UNIMPLEMENTED =
            Set.of("authorized-artifact-client-spiffe-id", "authorized-kube-apiserver-spiffe-id");

    private static final FlagType OPTIONAL_ADDRESS = new FlagType(
            "address",
            FlagType.LISTEN_ADDRESS.allowed() + ", or nothing",
            text -> text.isEmpty() ? text : FlagType.LISTEN_ADDRESS.canonical().apply(text));

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
                .with("TLS", tls())
                .with("Operations", operations())
                .with("Console", console())
                .with("Logging", SharedFlags.logging())
                .withUnimplemented(UNIMPLEMENTED);
    }

    private static List<Flag> reconciliation() {
        return List.of(
                Flag.of(
                        "concurrent",
                        FlagType.integer(1, MAX_CONCURRENT),
                        "10",
                        "Maximum number of generators reconciled concurrently."),
                Flag.of(
                        "reconciliation-timeout",
                        FlagType.POSITIVE_DURATION,
                        "10m",
                        "Maximum duration of a reconciliation; a longer one is aborted and retried."),
                Flag.of(
                        "requeue-dependency",
                        FlagType.POSITIVE_DURATION,
                        "5s",
                        "Retry interval of a generator whose sources are not ready."),
                Flag.of(
                        "progress-delay",
                        FlagType.DURATION,
                        "1s",
                        "How long a reconciliation lasts before the status says that it is in progress; 0 says so at once,"
                                + " as source-watcher does."),
                Flag.of("min-retry-delay", FlagType.POSITIVE_DURATION, "750ms", "Minimum back-off after a failure."),
                Flag.of(
                        "max-retry-delay",
                        FlagType.POSITIVE_DURATION,
                        "15m",
                        "Maximum back-off after repeated failures."),
                Flag.of(
                        "interval-jitter-percentage",
                        FlagType.integer(0, 99),
                        "5",
                        "Random jitter of the interval between two runs, in percent."),
                Flag.of(
                        "no-cross-namespace-refs",
                        FlagType.BOOLEAN,
                        "false",
                        "Reject generators that use sources in other namespaces, and artifacts for other namespaces"
                                + " without a service account."),
                Flag.of(
                        "default-service-account",
                        FlagType.STRING,
                        "",
                        "Service account, in the generator's namespace, that must be allowed to write artifacts to other"
                                + " namespaces; for generators that name none."),
                Flag.of(
                        "manage-namespaces",
                        FlagType.BOOLEAN,
                        "false",
                        "Manage the namespaces of generators with spec.managedNamespaces; requires permissions for"
                                + " namespaces."),
                Flag.of(
                        "protected-namespaces",
                        FlagType.STRINGS,
                        "",
                        "Namespaces that are never managed, in addition to those of Kubernetes, Flux and this controller:"
                                + " names or prefixes such as prod-*, separated by commas; can be repeated."),
                Flag.of(
                        "override-manager",
                        FlagType.STRINGS,
                        "",
                        "Field manager whose labels and annotations on managed namespaces are removed, as those of kubectl"
                                + " are; can be repeated."),
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
                        "Retries of a failed download after 5s to 30s; then the delay doubles up to --max-retry-delay."),
                Flag.of(
                        "source-cache-size",
                        FlagType.BYTES,
                        "1Gi",
                        "Maximum size of the cached sources, index included; sources in use may exceed it."),
                Flag.of(
                        "source-max-entries",
                        FlagType.integer(1, 50_000_000),
                        "500000",
                        "Maximum number of files and directories in a source."),
                Flag.of("source-max-download-bytes", FlagType.BYTES, "256Mi", "Maximum compressed size of a source."),
                Flag.of("source-max-unpacked-bytes", FlagType.BYTES, "1Gi", "Maximum unpacked size of a source."),
                Flag.of(
                        "source-min-rate",
                        FlagType.BYTES,
                        "16Ki",
                        "Minimum download rate in bytes per second, averaged over 30s; 0 for none."),
                Flag.of(
                        "source-url-prefixes",
                        FlagType.STRING,
                        "",
                        "Comma-separated prefixes that URLs of sources and of their redirects must start with; empty"
                                + " allows all."));
    }

    private static List<Flag> budgets() {
        return List.of(
                Flag.of(
                        "generator-max-artifacts",
                        FlagType.integer(1, 6_000),
                        "1000",
                        "Maximum number of artifacts of a generator."),
                Flag.of(
                        "run-max-copied-entries",
                        FlagType.integer(1, Integer.MAX_VALUE),
                        "1000000",
                        "Maximum number of files and directories that all copy operations of a run select."),
                Flag.of(
                        "run-max-output-bytes",
                        FlagType.BYTES,
                        "1Gi",
                        "Maximum content of all artifacts of a run, before compression."),
                Flag.of(
                        "merge-max-yaml-bytes",
                        FlagType.BYTES,
                        "10Mi",
                        "Maximum size of the YAML in a merged file, aliases expanded."),
                Flag.of(
                        "heap-budget",
                        FlagType.BYTES,
                        "0",
                        "Heap for the sources and results of all runs; 0 means half of the JVM's heap; one run may use"
                                + " two thirds."),
                Flag.of(
                        "disk-budget",
                        FlagType.BYTES,
                        "4Gi",
                        "Temporary disk for the sources and results of all runs; one run may use two thirds."));
    }

    private static List<Flag> storage() {
        List<Flag> flags = new ArrayList<>();
        flags.add(SharedFlags.storagePath());
        flags.add(SharedFlags.storageAddress()
                .withDescription(
                        "Listen address of the artifact server, used to derive --storage-adv-addr; not bound."));
        flags.addAll(SharedFlags.storageWriting());
        flags.add(Flag.of(
                "volume-reserve",
                FlagType.integer(0, MAX_RESERVE),
                "5",
                "Percentage of the volume reserved for namespaces below their equal share; 0 for none."));
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
                        "Path of a kubeconfig; defaults to $KUBECONFIG, ~/.kube/config, or the pod's service account."),
                Flag.of(
                        "kube-api-qps",
                        FlagType.number(0.001),
                        "1000",
                        "Maximum requests per second to the API server."),
                Flag.of(
                        "object-cache-budget",
                        FlagType.BYTES,
                        "0",
                        "Maximum JSON size of cached objects; 0 means an eighth of the heap; one namespace may use half."),
                Flag.of("kube-api-burst", FlagType.integer(1, 100_000), "2000", "Burst size for API requests."),
                Flag.of(
                        "watch-all-namespaces",
                        FlagType.BOOLEAN,
                        "true",
                        "Watch all namespaces; if false, only the one in RUNTIME_NAMESPACE."),
                Flag.of(
                        "watch-label-selector",
                        FlagType.LABEL_SELECTOR,
                        "",
                        "Reconcile only generators with these labels (sharding)."),
                Flag.of(
                        "watch-configs-label-selector",
                        FlagType.LABEL_SELECTOR,
                        "",
                        "Accepted for compatibility, no effect: the controller does not watch ConfigMaps or Secrets."));
    }

    private static List<Flag> leaderElection() {
        return List.of(
                Flag.of("enable-leader-election", FlagType.BOOLEAN, "false", "Elect one leader among the replicas."),
                Flag.of(
                        "leader-election-release-on-cancel",
                        FlagType.BOOLEAN,
                        "true",
                        "Release the lease on shutdown, so that a standby takes over at once."),
                Flag.of(
                        "leader-election-lease-duration",
                        FlagType.POSITIVE_DURATION,
                        "35s",
                        "How long a standby waits after the last renewal before it takes over."),
                Flag.of(
                        "leader-election-renew-deadline",
                        FlagType.POSITIVE_DURATION,
                        "30s",
                        "How long the leader tries to renew the lease before it gives up."),
                Flag.of(
                        "leader-election-retry-period",
                        FlagType.POSITIVE_DURATION,
                        "5s",
                        "Interval between attempts to acquire or renew the lease."));
    }

    private static List<Flag> tls() {
        return List.of(
                Flag.of(
                        "ca-file",
                        FlagType.STRING,
                        "",
                        "PEM file with the certificate authorities trusted for https URLs of sources, their redirects, the"
                                + " artifact server and the event receiver; empty trusts those of the JVM. Reloaded when it"
                                + " changes."),
                Flag.of(
                        "client-cert-file",
                        FlagType.STRING,
                        "",
                        "PEM file with the certificate chain shown to these servers. Reloaded when it changes."),
                Flag.of("client-key-file", FlagType.STRING, "", "PEM file with the key of the client certificate."),
                Flag.of(
                        "authorized-artifact-server-spiffe-id",
                        FlagType.SPIFFE_IDS,
                        "",
                        "SPIFFE ID of artifact servers that may serve sources, over mutual TLS with the X.509-SVID of the"
                                + " Workload API, also at http URLs; can be repeated."),
                Flag.of(
                        "authorized-event-server-spiffe-id",
                        FlagType.SPIFFE_IDS,
                        "",
                        "SPIFFE ID of event receivers that may receive events, over mutual TLS, also at an http address; can"
                                + " be repeated."),
                SharedFlags.spiffeEndpointSocket());
    }

    private static List<Flag> console() {
        return List.of(
                Flag.of(
                        "console-addr",
                        OPTIONAL_ADDRESS,
                        "",
                        "Listen address of the web console, which has no authentication. Without a host, it listens on"
                                + " loopback; empty disables it."),
                Flag.of(
                        "console-contents",
                        FlagType.BOOLEAN,
                        "true",
                        "Show the contents of artifacts and the exported inputs in the console."),
                Flag.of(
                        "console-namespaces",
                        FlagType.STRINGS,
                        "",
                        "Namespaces whose objects the console shows: names or prefixes such as team-*, separated by commas;"
                                + " can be repeated; empty for all."));
    }

    private static List<Flag> operations() {
        return List.of(
                Flag.of(
                                "metrics-addr",
                                FlagType.LISTEN_ADDRESS,
                                ":8080",
                                "Listen address of metrics (/metrics) and Actuator.")
                        .implying(SharedFlags::mainServer),
                SharedFlags.debugEndpoints(),
                Flag.of("health-addr", FlagType.LISTEN_ADDRESS, ":9440", "Listen address of /healthz and /readyz."),
                Flag.of(
                        "events-addr",
                        FlagType.STRING,
                        "",
                        "Address of the notification-controller's event receiver; empty disables events to it."));
    }
}
