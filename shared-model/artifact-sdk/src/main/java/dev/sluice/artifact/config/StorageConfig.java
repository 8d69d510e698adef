package dev.sluice.artifact.config;

import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.InvalidDigestException;
import dev.sluice.artifact.storage.StorageOptions;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The storage settings common to Flux controllers that serve artifacts, with their flag names, environment variables
 * and defaults.
 *
 * @param storageAddress {@code host:port} to which the artifact server binds; without a host, all interfaces
 * @param options options of the storage
 */
public record StorageConfig(String storageAddress, StorageOptions options) {

    /** Directory of the artifacts; environment {@code STORAGE_PATH}, default {@code /data}. */
    public static final String STORAGE_PATH = "storage-path";

    /** Address to which the artifact server binds; environment {@code STORAGE_ADDRESS}, default {@code :9090}. */
    public static final String STORAGE_ADDRESS = "storage-addr";

    /** Address that consumers use; environment {@code STORAGE_ADV_ADDR}, default derived from the storage address. */
    public static final String STORAGE_ADVERTISED_ADDRESS = "storage-adv-addr";

    /** Go duration, default {@code 1m}. */
    public static final String RETENTION_TTL = "artifact-retention-ttl";

    /** Number, default {@code 2}. */
    public static final String RETENTION_RECORDS = "artifact-retention-records";

    /** One of sha256 (the default), sha384, sha512, blake3. */
    public static final String DIGEST_ALGORITHM = "artifact-digest-algo";

    /** Whether the group may read artifacts, default {@code false}. */
    public static final String GROUP_READABLE = "storage-group-readable";

    /** All flags with a value, for {@link Flags#parse}. */
    public static final Set<String> VALUE_FLAGS = Set.of(
            STORAGE_PATH,
            STORAGE_ADDRESS,
            STORAGE_ADVERTISED_ADDRESS,
            RETENTION_TTL,
            RETENTION_RECORDS,
            DIGEST_ALGORITHM);

    /** All boolean flags, for {@link Flags#parse}. */
    public static final Set<String> BOOLEAN_FLAGS = Set.of(GROUP_READABLE);

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    /**
     * Reads the settings from the environment and a command line without other flags.
     *
     * @throws IllegalArgumentException see {@link Flags#parse} and {@link #resolve}
     */
    public static StorageConfig parse(List<String> arguments, Map<String, String> environment) {
        return resolve(Flags.parse(arguments, VALUE_FLAGS, BOOLEAN_FLAGS)::value, environment);
    }

    /**
     * Reads the settings from any source of options, for example parsed flags or the properties of a framework. An
     * option takes precedence over its environment variable, and that over the default. An empty variable counts as
     * unset.
     *
     * @param option returns the value of an option by its name, one of the constants of this class
     * @throws IllegalArgumentException with a one-line message that names the option and its value, if a value is
     *     invalid
     */
    public static StorageConfig resolve(Function<String, Optional<String>> option, Map<String, String> environment) {
        String address = option.apply(STORAGE_ADDRESS)
                .or(() -> variable(environment, "STORAGE_ADDRESS"))
                .orElse(":9090");
        String advertised = option.apply(STORAGE_ADVERTISED_ADDRESS)
                .or(() -> variable(environment, "STORAGE_ADV_ADDR"))
                .filter(value -> !value.isEmpty())
                .orElseGet(() -> listenAddress(address).advertised(environment));
        String path = option.apply(STORAGE_PATH)
                .or(() -> variable(environment, "STORAGE_PATH"))
                .orElse("/data");
        StorageOptions options = new StorageOptions(
                path(path),
                advertised,
                duration(option.apply(RETENTION_TTL).orElse("1m")),
                number(option.apply(RETENTION_RECORDS).orElse("2")),
                algorithm(option.apply(DIGEST_ALGORITHM).orElse("sha256")),
                bool(option.apply(GROUP_READABLE).orElse("false")));
        listenAddress(address);
        return new StorageConfig(address, options);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * Returns a copy with another address in the URLs of artifacts.
     *
     * @param address {@code host:port}, optionally with {@code http://} or {@code https://}
     */
    public StorageConfig withAdvertisedAddress(String address) {
        StorageOptions with = new StorageOptions(
                options.basePath(),
                address,
                options.retentionTtl(),
                options.retentionRecords(),
                options.digestAlgorithm(),
                options.groupReadable());
        return new StorageConfig(storageAddress, with);
    }

    /** Returns the address to which the artifact server binds; resolves a host name. */
    public InetSocketAddress bindAddress() {
        return listenAddress(storageAddress).toSocketAddress();
    }

    private static ListenAddress listenAddress(String text) {
        try {
            return ListenAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(STORAGE_ADDRESS, text, "write " + ListenAddress.SYNTAX);
        }
    }

    private static Path path(String text) {
        try {
            if (!text.isEmpty()) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            throw wrong(STORAGE_PATH, text, e.getReason());
        }
        throw wrong(STORAGE_PATH, text, "the path is empty");
    }

    private static Duration duration(String text) {
        try {
            return GoDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(RETENTION_TTL, text, String.valueOf(e.getMessage()));
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw wrong(RETENTION_RECORDS, text, "not an integer");
        }
    }

    private static DigestAlgorithm algorithm(String text) {
        try {
            return DigestAlgorithm.parse(text);
        } catch (InvalidDigestException e) {
            throw wrong(DIGEST_ALGORITHM, text, String.valueOf(e.getMessage()));
        }
    }

    private static boolean bool(String text) {
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return TRUE.contains(text);
        }
        throw wrong(GROUP_READABLE, text, "neither true nor false");
    }

    static IllegalArgumentException wrong(String option, String value, String reason) {
        return new IllegalArgumentException("invalid value '" + value + "' for --" + option + ": " + reason);
    }
}
