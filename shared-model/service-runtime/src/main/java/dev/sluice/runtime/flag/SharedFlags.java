package dev.sluice.runtime.flag;

import dev.sluice.artifact.config.ListenAddress;
import dev.sluice.artifact.spiffe.WorkloadIdentity;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flags that several services share; each service adds them to its {@link FlagSet}. */
public final class SharedFlags {

    private static final Flag STORAGE_PATH = Flag.of(
                    "storage-path", FlagType.REQUIRED_STRING, "/data", "Directory of the artifacts; must exist.")
            .withEnvironment("STORAGE_PATH");

    private static final Flag STORAGE_ADDR = Flag.of(
                    "storage-addr", FlagType.LISTEN_ADDRESS, ":9090", "Listen address of the artifact server.")
            .withEnvironment("STORAGE_ADDRESS");

    private static final Map<String, String> UNRESTRICTED = Map.of(
            "management.endpoints.access.max-permitted", "unrestricted",
            "management.endpoint.heapdump.access", "unrestricted",
            "management.endpoints.web.exposure.include",
                    "health,info,prometheus,loggers,threaddump,startup,pprof,heapdump");

    /** At info level, these loggers quote malformed requests, including credentials in queries and headers. */
    private static final List<String> QUOTING = List.of(
            "org.apache.coyote.http11.Http11Processor",
            "org.apache.coyote.http11.Http11InputBuffer",
            "org.apache.tomcat.util.http");

    private SharedFlags() {}

    /** Returns {@code --spiffe-endpoint-socket}. */
    public static Flag spiffeEndpointSocket() {
        return Flag.of(
                        "spiffe-endpoint-socket",
                        FlagType.STRING,
                        "",
                        "Address of the SPIFFE Workload API: unix:///PATH or tcp://IP-ADDRESS:PORT.")
                .withEnvironment(WorkloadIdentity.ADDRESS_VARIABLE);
    }

    /** Returns {@code --log-level} and {@code --log-encoding}. */
    public static List<Flag> logging() {
        return List.of(
                Flag.of(
                                "log-level",
                                FlagType.oneOf("trace", "debug", "info", "error"),
                                "info",
                                "Log level; debug and trace include stack traces.")
                        .implying(SharedFlags::logLevels),
                Flag.of(
                        "log-encoding",
                        FlagType.oneOf("json", "console"),
                        "json",
                        "JSON lines for Flux tools, or human-readable text."));
    }

    /**
     * Returns {@code --debug-endpoints}. Off by default, because a heap dump contains secrets and the metrics port has
     * no authentication. Without the flag, profiles and similar endpoints are available only from loopback.
     */
    public static Flag debugEndpoints() {
        return Flag.of(
                        "debug-endpoints",
                        FlagType.BOOLEAN,
                        "false",
                        "Allow profiles from other addresses than loopback, and enable log level changes and heap dumps.")
                .implying(value -> Boolean.parseBoolean(value) ? UNRESTRICTED : Map.of());
    }

    /** Returns {@code --storage-path}. */
    public static Flag storagePath() {
        return STORAGE_PATH;
    }

    /** Returns {@code --storage-addr}; in a service that serves artifacts itself, it implies {@link #mainServer}. */
    public static Flag storageAddress() {
        return STORAGE_ADDR;
    }

    /**
     * Returns the flags of a service that writes artifacts, without {@link #storagePath} and {@link #storageAddress}.
     */
    public static List<Flag> storageWriting() {
        return List.of(
                Flag.of(
                                "storage-adv-addr",
                                FlagType.STRING,
                                "",
                                "Address in the URLs of artifacts; derived from --storage-addr if empty.")
                        .withEnvironment("STORAGE_ADV_ADDR"),
                Flag.of(
                        "storage-group-readable",
                        FlagType.BOOLEAN,
                        "false",
                        "Make artifacts readable by the group: modes 0640 and 0750 with setgid instead of 0600 and 0700."),
                Flag.of(
                        "artifact-retention-ttl",
                        FlagType.DURATION,
                        "1m",
                        "How long an artifact is kept after it was superseded."),
                Flag.of(
                        "artifact-retention-records",
                        FlagType.integer(1, 10_000),
                        "2",
                        "Minimum number of artifacts to keep per object, including the current one."),
                Flag.of(
                        "artifact-digest-algo",
                        FlagType.oneOf("sha256", "sha384", "sha512", "blake3"),
                        "sha256",
                        "Digest algorithm of the artifacts."));
    }

    /** Returns the properties that bind Spring Boot's main server to an address, for {@link Flag#implying}. */
    public static Map<String, String> mainServer(String address) {
        return server("server", address);
    }

    /**
     * Returns the properties that bind Actuator's server (metrics, profiling) to an address, for {@link Flag#implying}.
     */
    public static Map<String, String> managementServer(String address) {
        return server("management.server", address);
    }

    private static Map<String, String> server(String prefix, String text) {
        ListenAddress address = ListenAddress.parse(text);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(prefix + ".port", Integer.toString(address.port()));
        if (!address.host().isEmpty()) {
            properties.put(prefix + ".address", address.host());
        }
        return properties;
    }

    /**
     * Keeps libraries at info when our loggers are at a lower level, because their debug output is thousands of lines
     * per second and may contain request headers. {@code --logging.level.<logger>=debug} enables one of them.
     */
    private static Map<String, String> logLevels(String level) {
        String libraries = switch (level) {
            case "trace", "debug" -> "info";
            case "info" -> "warn";
            default -> level;
        };
        Map<String, String> levels = new HashMap<>();
        levels.put("logging.level.dev.sluice", level);
        levels.put("logging.level.root", libraries);
        QUOTING.forEach(logger -> levels.put("logging.level." + logger, libraries.equals("info") ? "warn" : libraries));
        return levels;
    }
}
