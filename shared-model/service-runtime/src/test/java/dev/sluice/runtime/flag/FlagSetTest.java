package dev.sluice.runtime.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlagSetTest {

    private static final FlagSet FLAGS = FlagSet.of("test-service", "Does nothing.")
            .with(
                    "Work",
                    Flag.of("concurrent", FlagType.integer(1, 1000), "10", "How many at once."),
                    Flag.of("watch-all-namespaces", FlagType.BOOLEAN, "true", "All of them."),
                    Flag.of("enable-leader-election", FlagType.BOOLEAN, "false", "One leader."),
                    Flag.of("reconciliation-timeout", FlagType.POSITIVE_DURATION, "10m", "At most."),
                    Flag.of("requeue-dependency", FlagType.DURATION, "5s", "Later."),
                    Flag.of("watch-label-selector", FlagType.LABEL_SELECTOR, "", "Only these."),
                    Flag.of("source-cache-size", FlagType.BYTES, "1Gi", "As much."),
                    Flag.of("kube-api-qps", FlagType.number(0.1), "50", "A second."),
                    Flag.of(
                            "feature-gates",
                            FlagType.featureGates(Map.of("DirectSourceFetch", false, "Other", true)),
                            "",
                            "Gates."))
            .with("Addresses", Flag.of("metrics-addr", FlagType.LISTEN_ADDRESS, ":8080", "Metrics."))
            .with("Logging", SharedFlags.logging());

    private record Accepted(String name, String line, Map<String, String> values) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Accepted> accepted() {
        return Stream.of(
                new Accepted("value after equals", "--concurrent=3", Map.of("concurrent", "3")),
                new Accepted("value as next argument", "--concurrent 3", Map.of("concurrent", "3")),
                new Accepted("last wins", "--concurrent=3 --concurrent 4", Map.of("concurrent", "4")),
                new Accepted("bare boolean", "--enable-leader-election", Map.of("enable-leader-election", "true")),
                new Accepted(
                        "boolean without value does not consume the next argument",
                        "--watch-all-namespaces false",
                        Map.of("watch-all-namespaces", "true")),
                new Accepted("false", "--watch-all-namespaces=false", Map.of("watch-all-namespaces", "false")),
                new Accepted(
                        "false in Go's notation", "--watch-all-namespaces=F", Map.of("watch-all-namespaces", "false")),
                new Accepted(
                        "Go duration becomes ISO",
                        "--reconciliation-timeout=1h30m",
                        Map.of("reconciliation-timeout", "PT1H30M")),
                new Accepted("milliseconds", "--requeue-dependency 750ms", Map.of("requeue-dependency", "PT0.75S")),
                new Accepted("zero duration", "--requeue-dependency=0s", Map.of("requeue-dependency", "PT0S")),
                new Accepted("empty text", "--watch-label-selector=", Map.of("watch-label-selector", "")),
                new Accepted(
                        "selector by equality",
                        "--watch-label-selector=a.b/shard=one,tier!=x",
                        Map.of("watch-label-selector", "a.b/shard=one,tier!=x")),
                new Accepted(
                        "value with an equals sign",
                        "--watch-label-selector a==b",
                        Map.of("watch-label-selector", "a==b")),
                new Accepted("binary unit", "--source-cache-size=512Mi", Map.of("source-cache-size", "536870912")),
                new Accepted("unit with B", "--source-cache-size=2GiB", Map.of("source-cache-size", "2147483648")),
                new Accepted("fraction", "--kube-api-qps=12.5", Map.of("kube-api-qps", "12.5")),
                new Accepted("port of all interfaces", "--metrics-addr=:0", Map.of("metrics-addr", ":0")),
                new Accepted("host and port", "--metrics-addr 127.0.0.1:81", Map.of("metrics-addr", "127.0.0.1:81")),
                new Accepted("IPv6", "--metrics-addr=[::1]:81", Map.of("metrics-addr", "[::1]:81")),
                new Accepted(
                        "gates are merged, the last value of a gate wins",
                        "--feature-gates=DirectSourceFetch=true --feature-gates Other=false,DirectSourceFetch=false",
                        Map.of("feature-gates", "DirectSourceFetch=false,Other=false")));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsTheSyntaxOfFluxControllers(Accepted row) {
        assertThat(FLAGS.parse(row.line.split(" ")).values()).isEqualTo(row.values);
    }

    private record Refused(String line, int exitCode, List<String> words) {
        Refused(String line, int exitCode, String... words) {
            this(line, exitCode, List.of(words));
        }

        @Override
        public String toString() {
            return line;
        }
    }

    static Stream<Refused> refused() {
        return Stream.of(
                new Refused("--concurent=3", 2, "--concurent", "--help"),
                new Refused("-v", 2, "-v"),
                new Refused("--concurrent", 2, "--concurrent", "needs a value", "1 to 1000"),
                new Refused("--concurrent=many", 2, "--concurrent", "\"many\"", "1 to 1000"),
                new Refused("--concurrent=0", 2, "\"0\""),
                new Refused("--concurrent=1001", 2, "\"1001\""),
                new Refused("--concurrent=", 2, "\"\""),
                new Refused("--enable-leader-election=maybe", 2, "\"maybe\"", "true or false"),
                new Refused("--reconciliation-timeout=5", 2, "\"5\"", "Go duration"),
                new Refused("--reconciliation-timeout=0s", 2, "above zero"),
                new Refused("--requeue-dependency=-5s", 2, "\"-5s\""),
                new Refused("--requeue-dependency=PT", 2, "\"PT\""),
                new Refused("--watch-label-selector=a=b=c", 2, "label selector"),
                new Refused("--watch-label-selector=app in x", 2, "--watch-label-selector"),
                new Refused("--watch-label-selector=a=b,", 2, "label selector"),
                new Refused("--source-cache-size=1GX", 2, "\"1GX\"", "512Mi"),
                new Refused("--source-cache-size=999999999999999999Ti", 2, "amount of bytes"),
                new Refused("--kube-api-qps=NaN", 2, "\"NaN\""),
                new Refused("--kube-api-qps=-1", 2, "at least 0.1"),
                new Refused("--metrics-addr=8080", 2, "\"8080\"", ":8080"),
                new Refused("--metrics-addr=:65536", 2, "\":65536\""),
                new Refused("--metrics-addr=http://x:80", 2, "address"),
                new Refused("--metrics-addr=::1:80", 2, "[::1]:8080"),
                new Refused("--log-level=loud", 2, "\"loud\"", "trace, debug, info, error"),
                new Refused("--feature-gates=DirectSourceFetch", 2, "DirectSourceFetch=false,Other=true"),
                new Refused("--feature-gates=DirectSourceFetch=perhaps", 2, "perhaps"),
                new Refused("--feature-gates=NoSuchGate=true", 1, "NoSuchGate", "DirectSourceFetch"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesInvalidValuesInOneLine(Refused row) {
        String[] arguments =
                row.line.startsWith("--watch-label-selector") ? new String[] {row.line} : row.line.split(" ");

        assertThatThrownBy(() -> FLAGS.parse(arguments)).isInstanceOfSatisfying(UsageException.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(row.exitCode);
            assertThat(failure.getMessage())
                    .contains(row.words.toArray(String[]::new))
                    .doesNotContain("\n");
        });
    }

    @Test
    void acceptsSetBasedSelectors() {
        String selector = "tier in (a, b),env notin (x), !legacy ,shard";

        assertThat(FLAGS.parse("--watch-label-selector", selector).values())
                .containsEntry("watch-label-selector", selector);
    }

    @Test
    void sanitizesValuesInMessages() {
        assertThatThrownBy(() -> FLAGS.parse("--concurrent=\u001b[2J\n" + "x".repeat(10_000)))
                .hasMessageNotContaining("\u001b")
                .hasMessageNotContaining("\n")
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void passesArgumentsWithDotsToSpringAndReportsOthers() {
        CommandLine line =
                FLAGS.parse("--spring.profiles.active=dev", "stray", "--server.port=1", "--", "--concurrent");

        assertThat(line.springArguments()).containsExactly("--spring.profiles.active=dev", "--server.port=1");
        assertThat(line.ignored()).containsExactly("stray", "--concurrent");
        assertThat(line.values()).isEmpty();
    }

    @Test
    void recognizesHelpAndVersion() {
        assertThat(FLAGS.parse("--help").help()).isTrue();
        assertThat(FLAGS.parse("-h").help()).isTrue();
        assertThat(FLAGS.parse("--version").version()).isTrue();
    }

    @Test
    void helpShowsEveryFlagWithItsDefaultWithin110Columns() {
        String help = FLAGS.help();

        FLAGS.all().forEach(flag -> assertThat(help).contains("--" + flag.name()));
        assertThat(help)
                .contains(
                        "Work:",
                        "Addresses:",
                        "Logging:",
                        "default 10)",
                        "(default \"\")",
                        "--reconciliation-timeout duration");
        assertThat(help.lines().mapToInt(String::length).max().orElseThrow()).isLessThan(111);
    }

    @Test
    void refusesInvalidDefinitions() {
        assertThatIllegalArgumentException().isThrownBy(() -> Flag.of("Bad_Name", FlagType.STRING, "", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> Flag.of("n", FlagType.integer(1, 2), "3", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FLAGS.with("More", Flag.of("concurrent", FlagType.STRING, "", "")));
    }

    @Test
    void featureGatesHaveDefaults() {
        FeatureGates gates = FeatureGates.parse("DirectSourceFetch=true");

        assertThat(gates.enabled("DirectSourceFetch", false)).isTrue();
        assertThat(gates.enabled("Other", true)).isTrue();
        assertThat(new TreeMap<>(FeatureGates.parse("").values())).isEmpty();
    }

    @Test
    void sharedFlagsHaveTheSpecifiedDefaults() {
        FlagSet shared = FlagSet.of("x", "x")
                .with("Storage", SharedFlags.storagePath(), SharedFlags.storageAddress())
                .with("Storage", SharedFlags.storageWriting())
                .with("Logging", SharedFlags.logging());

        List<String> table = shared.all().stream()
                .map(flag -> flag.name() + "=" + flag.defaultValue() + "|" + flag.environment())
                .toList();

        assertThat(table)
                .containsExactly(
                        "storage-path=/data|STORAGE_PATH",
                        "storage-addr=:9090|STORAGE_ADDRESS",
                        "storage-adv-addr=|STORAGE_ADV_ADDR",
                        "storage-group-readable=false|null",
                        "artifact-retention-ttl=1m|null",
                        "artifact-retention-records=2|null",
                        "artifact-digest-algo=sha256|null",
                        "log-level=info|null",
                        "log-encoding=json|null");
    }
}
