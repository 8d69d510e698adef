package dev.sluice.controller.source;

import dev.sluice.artifact.config.Flags;
import dev.sluice.artifact.config.ListenAddress;
import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.fetch.FetchLimits;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * The settings of a source controller, from flags with the names and defaults of Flux controllers. {@link
 * StorageConfig} describes those of the storage.
 *
 * @param flags all flags, including those of the program itself
 * @param namespace the watched namespace; empty for all ({@code --watch-all-namespaces}, true by default; {@code false}
 *     requires the environment variable {@code RUNTIME_NAMESPACE})
 * @param ownNamespace the namespace of the Lease: {@code RUNTIME_NAMESPACE}, or {@code default}
 * @param concurrent number of concurrent reconciliations ({@code --concurrent}, 4 by default)
 * @param leaderElection whether only one of several processes works ({@code --enable-leader-election})
 * @param noCrossNamespaceRefs whether ExternalArtifacts in other namespaces than their object's are refused ({@code
 *     --no-cross-namespace-refs})
 * @param addresses where the controller listens, and where it sends events
 * @param tls certificates of the artifact server, and those for downloads and events
 */
public record ControllerConfig(
        Flags flags,
        StorageConfig storage,
        String namespace,
        String ownNamespace,
        int concurrent,
        boolean leaderElection,
        boolean noCrossNamespaceRefs,
        Addresses addresses,
        ControllerTls tls) {

    private static final String CONCURRENT = "concurrent";
    private static final String LEADER_ELECTION = "enable-leader-election";
    private static final String NO_CROSS_NAMESPACE = "no-cross-namespace-refs";
    private static final String ALL_NAMESPACES = "watch-all-namespaces";
    private static final String HEALTH = "health-addr";
    private static final String METRICS = "metrics-addr";
    private static final String EVENTS = "events-addr";
    private static final String NAMESPACE = "RUNTIME_NAMESPACE";
    private static final Set<String> VALUE_FLAGS = Set.of(CONCURRENT, HEALTH, METRICS, EVENTS);
    private static final Set<String> BOOLEAN_FLAGS = Set.of(LEADER_ELECTION, NO_CROSS_NAMESPACE, ALL_NAMESPACES);

    /** @throws IllegalArgumentException names an invalid flag of {@link #downloads} */
    public ControllerConfig {
        FetchLimits unused = DownloadFlags.limits(flags);
    }

    /**
     * Returns the limits of {@link BuildContext#fetcher()}: the size ({@code --source-max-download-bytes}, {@code 256Mi}
     * by default), the minimum rate in bytes per second ({@code --source-min-rate}, {@code 16Ki}; 0 for none), and the
     * prefixes of URLs and redirects, comma-separated ({@code --source-url-prefixes}; empty for all).
     */
    public FetchLimits downloads() {
        return DownloadFlags.limits(flags);
    }

    /**
     * The addresses.
     *
     * @param health for {@code /healthz} and {@code /readyz} ({@code --health-addr}, {@code :9440} by default)
     * @param metrics for {@code /metrics}, if the controller has metrics ({@code --metrics-addr}, {@code :8080})
     * @param events URL of the notification-controller ({@code --events-addr}); empty for none
     */
    public record Addresses(ListenAddress health, ListenAddress metrics, String events) {}

    /**
     * Parses a command line.
     *
     * @throws IllegalArgumentException with a one-line message that names the flag; print it and exit
     */
    public static ControllerConfig parse(List<String> arguments, Map<String, String> environment) {
        return parse(arguments, environment, Set.of(), Set.of());
    }

    /**
     * Parses a command line with flags of the program itself, which are then in {@link #flags}.
     *
     * @param valueFlags flags that need a value
     * @param booleanFlags flags that are true without a value
     * @throws IllegalArgumentException with a one-line message that names the flag; print it and exit
     */
    public static ControllerConfig parse(
            List<String> arguments, Map<String, String> environment, Set<String> valueFlags, Set<String> booleanFlags) {
        Flags flags = Flags.parse(
                arguments,
                union(
                        StorageConfig.VALUE_FLAGS,
                        VALUE_FLAGS,
                        DownloadFlags.ALL,
                        ControllerTls.FLAGS,
                        ControllerSpiffe.FLAGS,
                        valueFlags),
                union(StorageConfig.BOOLEAN_FLAGS, BOOLEAN_FLAGS, booleanFlags));
        Optional<String> own = Optional.ofNullable(environment.get(NAMESPACE)).filter(text -> !text.isEmpty());
        ControllerTls tls = ControllerTls.of(flags, environment);
        return new ControllerConfig(
                flags,
                storage(flags, environment, tls),
                watched(flags, own.orElse("")),
                own.orElse("default"),
                concurrent(flags),
                bool(flags, LEADER_ELECTION, false),
                bool(flags, NO_CROSS_NAMESPACE, false),
                new Addresses(address(flags, HEALTH, ":9440"), address(flags, METRICS, ":8080"), events(flags)),
                tls);
    }

    private static String watched(Flags flags, String own) {
        boolean all = bool(flags, ALL_NAMESPACES, true);
        if (!all && own.isEmpty()) {
            throw new IllegalArgumentException(
                    "--" + ALL_NAMESPACES + "=false requires the environment variable " + NAMESPACE);
        }
        return all ? "" : own;
    }

    /** The message does not quote the URL, which may contain a password. */
    private static String events(Flags flags) {
        String url = flags.value(EVENTS).orElse("");
        if (!url.isEmpty() && HttpUrl.parse(url) == null) {
            throw new IllegalArgumentException(
                    "invalid value for --" + EVENTS + ": must be a URL such as http://notification-controller/");
        }
        return url;
    }

    /** With TLS, the URLs of artifacts start with {@code https}. */
    private static StorageConfig storage(Flags flags, Map<String, String> environment, ControllerTls tls) {
        StorageConfig storage = StorageConfig.resolve(flags::value, environment);
        String address = storage.options().advertisedAddress();
        return tls.isServer() && !address.contains("://")
                ? storage.withAdvertisedAddress("https://" + address)
                : storage;
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new HashSet<>();
        for (Set<String> each : sets) {
            all.addAll(each);
        }
        return all;
    }

    private static boolean bool(Flags flags, String name, boolean defaultValue) {
        String text = flags.value(name).orElse(Boolean.toString(defaultValue));
        if (!text.equals("true") && !text.equals("false")) {
            throw invalid(name, text, "must be true or false");
        }
        return text.equals("true");
    }

    private static int concurrent(Flags flags) {
        String text = flags.value(CONCURRENT).orElse("4");
        if (!text.matches("[1-9]\\d{0,2}")) {
            throw invalid(CONCURRENT, text, "must be a number from 1 to 999");
        }
        return Integer.parseInt(text);
    }

    private static ListenAddress address(Flags flags, String name, String defaultValue) {
        String text = flags.value(name).orElse(defaultValue);
        try {
            return ListenAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid(name, text, "must be " + ListenAddress.SYNTAX);
        }
    }

    private static IllegalArgumentException invalid(String flag, String value, String reason) {
        return new IllegalArgumentException("invalid value '" + value + "' for --" + flag + ": " + reason);
    }
}
