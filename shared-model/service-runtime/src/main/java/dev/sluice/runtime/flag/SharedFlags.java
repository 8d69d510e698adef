package dev.sluice.runtime.flag;

import dev.sluice.artifact.config.ListenAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flags that more than one service takes; each service adds them to its own {@link FlagSet}. */
public final class SharedFlags {

    private static final Flag STORAGE_PATH = Flag.of(
                    "storage-path", FlagType.REQUIRED_STRING, "/data", "Directory of the artifacts; it must exist.")
            .withEnvironment("STORAGE_PATH");

    private static final Flag STORAGE_ADDR = Flag.of(
                    "storage-addr", FlagType.LISTEN_ADDRESS, ":9090", "Address to serve the artifacts on.")
            .withEnvironment("STORAGE_ADDRESS");

    private static final Map<String, String> UNRESTRICTED = Map.of(
            "management.endpoints.access.max-permitted", "unrestricted",
            "management.endpoint.heapdump.access", "unrestricted",
            "management.endpoints.web.exposure.include",
                    "health,info,prometheus,loggers,threaddump,startup,pprof,heapdump");

    /** At info these quote malformed requests, with whatever credentials are in their queries and headers. */
    private static final List<String> QUOTING = List.of(
            "org.apache.coyote.http11.Http11Processor",
            "org.apache.coyote.http11.Http11InputBuffer",
            "org.apache.tomcat.util.http");

    private SharedFlags() {}

    /** {@code --log-level} and {@code --log-encoding}. */
    public static List<Flag> logging() {
        return List.of(
                Flag.of(
                                "log-level",
                                FlagType.oneOf("trace", "debug", "info", "error"),
                                "info",
                                "How much to log; stack traces come with debug and trace.")
                        .implying(SharedFlags::logLevels),
                Flag.of(
                        "log-encoding",
                        FlagType.oneOf("json", "console"),
                        "json",
                        "JSON lines as Flux tools read them, or text for people."));
    }

    /**
     * {@code --debug-endpoints}: off, because a heap dump holds secrets, and the metrics port asks nobody for a password.
     * Without it, profiles and the like answer connections from loopback only.
     */
    public static Flag debugEndpoints() {
        return Flag.of(
                        "debug-endpoints",
                        FlagType.BOOLEAN,
                        "false",
                        "Profiles for others than loopback, and for all: log levels to change, heap dumps.")
                .implying(value -> Boolean.parseBoolean(value) ? UNRESTRICTED : Map.of());
    }

    /** {@code --storage-path}. */
    public static Flag storagePath() {
        return STORAGE_PATH;
    }

    /** {@code --storage-addr}; a service that serves artifacts itself lets it imply {@link #mainServer}. */
    public static Flag storageAddress() {
        return STORAGE_ADDR;
    }

    /** What a service that writes artifacts takes besides {@link #storagePath} and {@link #storageAddress}. */
    public static List<Flag> storageWriting() {
        return List.of(
                Flag.of(
                                "storage-adv-addr",
                                FlagType.STRING,
                                "",
                                "Address told to consumers; derived from --storage-addr when empty.")
                        .withEnvironment("STORAGE_ADV_ADDR"),
                Flag.of(
                        "storage-group-readable",
                        FlagType.BOOLEAN,
                        "false",
                        "Let the group read the artifacts: modes 0640 and 0750 with setgid instead of 0600 and 0700."),
                Flag.of(
                        "artifact-retention-ttl",
                        FlagType.DURATION,
                        "1m",
                        "How long an artifact stays after another one superseded it."),
                Flag.of(
                        "artifact-retention-records",
                        FlagType.integer(1, 10_000),
                        "2",
                        "Artifacts kept per object at least, the current one included."),
                Flag.of(
                        "artifact-digest-algo",
                        FlagType.oneOf("sha256", "sha384", "sha512", "blake3"),
                        "sha256",
                        "Algorithm of the digests of artifacts."));
    }

    /** A listen address as Spring Boot's main server, for {@link Flag#implying}. */
    public static Map<String, String> mainServer(String address) {
        return server("server", address);
    }

    /** A listen address as Actuator's server (metrics, profiling), for {@link Flag#implying}. */
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
     * Libraries stay at info when ours goes lower: their debug output is thousands of lines a second and may hold request
     * headers. {@code --logging.level.<logger>=debug} opens one of them on purpose.
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
