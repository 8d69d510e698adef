package dev.sluice.artifact.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.digest.DigestAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StorageConfigTest {

    @TempDir
    Path directory;

    private StorageConfig parse(Map<String, String> environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--storage-path=" + directory));
        all.addAll(List.of(arguments));
        return StorageConfig.parse(all, environment);
    }

    @Test
    void hasTheDefaultsOfFlux() {
        StorageConfig config = parse(Map.of());
        assertThat(config.storageAddress()).isEqualTo(":9090");
        assertThat(config.options().basePath()).isEqualTo(directory);
        assertThat(config.options().advertisedAddress()).isEqualTo("localhost:9090");
        assertThat(config.options().retentionTtl()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.options().retentionRecords()).isEqualTo(2);
        assertThat(config.options().digestAlgorithm()).isEqualTo(DigestAlgorithm.SHA256);
        assertThat(config.options().groupReadable()).isFalse();
        assertThat(config.bindAddress().getPort()).isEqualTo(9090);
        assertThat(config.bindAddress().getAddress().isAnyLocalAddress()).isTrue();
    }

    @Test
    void takesEveryFlagInBothSpellings() {
        StorageConfig config = parse(
                Map.of(),
                "--storage-addr",
                "127.0.0.1:8080",
                "--storage-adv-addr=https://cdn.example",
                "--artifact-retention-ttl",
                "1h30m",
                "--artifact-retention-records=5",
                "--artifact-digest-algo",
                "blake3",
                "--storage-group-readable");
        assertThat(config.storageAddress()).isEqualTo("127.0.0.1:8080");
        assertThat(config.options().advertisedAddress()).isEqualTo("https://cdn.example");
        assertThat(config.options().retentionTtl()).isEqualTo(Duration.ofMinutes(90));
        assertThat(config.options().retentionRecords()).isEqualTo(5);
        assertThat(config.options().digestAlgorithm()).isEqualTo(DigestAlgorithm.BLAKE3);
        assertThat(config.options().groupReadable()).isTrue();
        assertThat(config.bindAddress().getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
    }

    @Test
    void theLastOfARepeatedFlagWins() {
        StorageConfig config = parse(
                Map.of(),
                "--artifact-retention-records=5",
                "--artifact-retention-records=7",
                "--storage-group-readable",
                "--storage-group-readable=false");
        assertThat(config.options().retentionRecords()).isEqualTo(7);
        assertThat(config.options().groupReadable()).isFalse();
    }

    @Test
    void flagsTakePrecedenceOverTheEnvironmentAndThatOverDefaults() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Map<String, String> environment =
                Map.of("STORAGE_PATH", other.toString(), "STORAGE_ADDRESS", ":1234", "STORAGE_ADV_ADDR", "adv:1");
        StorageConfig fromEnvironment = StorageConfig.parse(List.of(), environment);
        assertThat(fromEnvironment.options().basePath()).isEqualTo(other);
        assertThat(fromEnvironment.storageAddress()).isEqualTo(":1234");
        assertThat(fromEnvironment.options().advertisedAddress()).isEqualTo("adv:1");
        StorageConfig flags = parse(environment, "--storage-addr=:9", "--storage-adv-addr=b");
        assertThat(flags.options().basePath()).isEqualTo(directory);
        assertThat(flags.storageAddress()).isEqualTo(":9");
        assertThat(flags.options().advertisedAddress()).isEqualTo("b");
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        StorageConfig config = parse(Map.of("STORAGE_ADDRESS", "", "STORAGE_ADV_ADDR", ""));
        assertThat(config.storageAddress()).isEqualTo(":9090");
        assertThat(config.options().advertisedAddress()).isEqualTo("localhost:9090");
    }

    @ParameterizedTest
    @CsvSource({
        ":9090, localhost:9090",
        "example:80, example:80",
        "10.1.2.3:80, 10.1.2.3:80",
        "0.0.0.0:9090, pod-1:9090",
        "[::]:9090, pod-1:9090",
        "[::1]:9090, [::1]:9090"
    })
    void derivesTheAdvertisedAddress(String address, String advertised) {
        StorageConfig config = parse(Map.of("HOSTNAME", "pod-1"), "--storage-addr=" + address);
        assertThat(config.options().advertisedAddress()).isEqualTo(advertised);
    }

    @Test
    void usesTheLocalHostNameIfTheEnvironmentHasNone() throws IOException {
        StorageConfig config = parse(Map.of(), "--storage-addr=0.0.0.0:9090");
        assertThat(config.options().advertisedAddress())
                .isEqualTo(InetAddress.getLocalHost().getHostName() + ":9090");
    }

    /** An option, two values, its variable if any, and the effect of the second value. */
    record Row(
            String option,
            String first,
            String second,
            String variable,
            Function<StorageConfig, Object> read,
            Object bound) {
        @Override
        public String toString() {
            return option;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(
                        "storage-path",
                        "/nowhere",
                        "/",
                        "STORAGE_PATH",
                        c -> c.options().basePath(),
                        Path.of("/")),
                new Row("storage-addr", ":1", "h:2", "STORAGE_ADDRESS", StorageConfig::storageAddress, "h:2"),
                new Row(
                        "storage-adv-addr",
                        "a",
                        "b",
                        "STORAGE_ADV_ADDR",
                        c -> c.options().advertisedAddress(),
                        "b"),
                new Row(
                        "artifact-retention-ttl",
                        "1s",
                        "750ms",
                        "",
                        c -> c.options().retentionTtl(),
                        Duration.ofMillis(750)),
                new Row(
                        "artifact-retention-records",
                        "1",
                        "9",
                        "",
                        c -> c.options().retentionRecords(),
                        9),
                new Row(
                        "artifact-digest-algo",
                        "blake3",
                        "sha384",
                        "",
                        c -> c.options().digestAlgorithm(),
                        DigestAlgorithm.SHA384),
                new Row(
                        "storage-group-readable",
                        "false",
                        "true",
                        "",
                        c -> c.options().groupReadable(),
                        true));
    }

    @Test
    void theRowsCoverAllOptions() {
        assertThat(rows().map(Row::option))
                .containsOnlyOnceElementsOf(StorageConfig.VALUE_FLAGS)
                .containsOnlyOnceElementsOf(StorageConfig.BOOLEAN_FLAGS)
                .hasSize(StorageConfig.VALUE_FLAGS.size() + StorageConfig.BOOLEAN_FLAGS.size());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyOptionBindsFromTheLastOfItsFlags(Row row) {
        StorageConfig config =
                parse(Map.of(), "--" + row.option + "=" + row.first, "--" + row.option + "=" + row.second);
        assertThat(row.read.apply(config)).isEqualTo(row.bound);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyOptionBindsFromThePropertiesOfAFramework(Row row) {
        Map<String, String> properties = Map.of(row.option, row.second);
        Map<String, String> environment = row.variable.isEmpty() ? Map.of() : Map.of(row.variable, row.first);
        StorageConfig config = StorageConfig.resolve(
                name -> Optional.ofNullable(properties.getOrDefault(name, name.equals("storage-path") ? "/" : null)),
                environment);
        assertThat(row.read.apply(config)).isEqualTo(row.bound);
    }

    static Stream<Row> rowsWithVariable() {
        return rows().filter(row -> !row.variable.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("rowsWithVariable")
    void anOptionWithAVariableBindsFromIt(Row row) {
        Map<String, String> environment = new HashMap<>(Map.of("STORAGE_PATH", "/"));
        environment.put(row.variable, row.second);
        assertThat(row.read.apply(StorageConfig.parse(List.of(), environment))).isEqualTo(row.bound);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--artifact-retention-ttl=1 minute | --artifact-retention-ttl",
                "--artifact-retention-ttl=-1m | negative",
                "--artifact-retention-records=two | --artifact-retention-records",
                "--artifact-retention-records=-1 | negative",
                "--artifact-retention-records=99999999999 | not an integer",
                "--artifact-digest-algo=sha1 | sha1",
                "--artifact-digest-algo=md5 | md5",
                "--storage-addr=9090 | such as :8080, 127.0.0.1:8080",
                "--storage-addr=:99999 | such as :8080, 127.0.0.1:8080",
                "--storage-addr=::1:90 | such as :8080, 127.0.0.1:8080",
                "--storage-adv-addr=x --storage-addr=bad | such as :8080, 127.0.0.1:8080",
                "--storage-path=/does/not/exist | is not a directory",
                "--storage-path= | the path is empty",
                "--storage-group-readable=maybe | neither true nor false",
                "--storage-addr | needs a value",
                "--unknown=1 | unknown flag: --unknown",
                "storage | is not a flag",
                "-- | is not a flag"
            })
    void reportsInvalidValuesInOneLine(String arguments, String message) {
        assertThatThrownBy(() -> parse(Map.of(), arguments.split(" (?=--)", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message.strip())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
