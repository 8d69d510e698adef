package dev.sluice.runtime.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class FlagPropertiesTest {

    private static final FlagSet FLAGS = FlagSet.of("test-service", "Does nothing.")
            .with(
                    "Storage",
                    SharedFlags.storagePath(),
                    SharedFlags.storageAddress().implying(SharedFlags::mainServer))
            .with("Storage", SharedFlags.storageWriting())
            .with("Logging", SharedFlags.logging());

    @Test
    void defaultsHaveTheLowestPrecedence() {
        StandardEnvironment environment = prepared(Map.of(), Map.of("server.port", "7", "other", "x"));

        assertThat(environment.getProperty("sluice.storage-path")).isEqualTo("/data");
        assertThat(environment.getProperty("sluice.artifact-retention-ttl")).isEqualTo("PT1M");
        assertThat(environment.getProperty("server.port")).isEqualTo("7");
        assertThat(prepared(Map.of(), Map.of()).getProperty("server.port")).isEqualTo("9090");
    }

    @Test
    void flagsTakePrecedenceOverVariablesAndThoseOverDefaults() {
        Map<String, Object> variables = Map.of("STORAGE_PATH", "/from-env", "STORAGE_ADDRESS", ":1234");

        StandardEnvironment byVariable = prepared(variables, Map.of());
        StandardEnvironment byFlag =
                prepared(variables, Map.of(), "--storage-path=/from-flag", "--storage-addr=[::1]:5");

        assertThat(byVariable.getProperty("sluice.storage-path")).isEqualTo("/from-env");
        assertThat(byVariable.getProperty("server.port")).isEqualTo("1234");
        assertThat(byVariable.getProperty("server.address")).isNull();
        assertThat(byFlag.getProperty("sluice.storage-path")).isEqualTo("/from-flag");
        assertThat(byFlag.getProperty("server.port")).isEqualTo("5");
        assertThat(byFlag.getProperty("server.address")).isEqualTo("::1");
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        assertThat(prepared(Map.of("STORAGE_PATH", ""), Map.of()).getProperty("sluice.storage-path"))
                .isEqualTo("/data");
    }

    @Test
    void convertsSpringPropertiesAndTheirVariables() {
        StandardEnvironment byProperty = prepared(Map.of(), Map.of("sluice.artifact-retention-ttl", "1h30m"));
        StandardEnvironment byVariable = prepared(Map.of("SLUICE_LOG_LEVEL", "trace"), Map.of());

        assertThat(byProperty.getProperty("sluice.artifact-retention-ttl")).isEqualTo("PT1H30M");
        assertThat(byVariable.getProperty("logging.level.dev.sluice")).isEqualTo("trace");
        assertThat(byVariable.getProperty("logging.level.root")).isEqualTo("info");
        assertThat(byVariable.getProperty("logging.level.org.apache.coyote.http11.Http11Processor"))
                .isEqualTo("warn");
    }

    /** A storage option, two values, and the canonical form of the second. */
    record Row(String option, String first, String second, String canonical) {
        @Override
        public String toString() {
            return option;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("storage-path", "/first", "/second", "/second"),
                new Row("storage-addr", ":1", ":2", ":2"),
                new Row("storage-adv-addr", "a:1", "b:2", "b:2"),
                new Row("artifact-retention-ttl", "1m", "750ms", "PT0.75S"),
                new Row("artifact-retention-records", "1", "9", "9"),
                new Row("artifact-digest-algo", "blake3", "sha384", "sha384"),
                new Row("storage-group-readable", "false", "true", "true"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void bindsEveryStorageOptionFromASpringProperty(Row row) {
        String property = "sluice." + row.option;

        assertThat(prepared(Map.of(), Map.of(property, row.second)).getProperty(property))
                .isEqualTo(row.canonical);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theLastFlagTakesPrecedence(Row row) {
        String property = "sluice." + row.option;
        StandardEnvironment environment = prepared(
                Map.of(),
                Map.of(property, row.first),
                "--" + row.option + "=" + row.first,
                "--" + row.option + "=" + row.second);

        assertThat(environment.getProperty(property)).isEqualTo(row.canonical);
    }

    @Test
    void refusesInvalidValuesFromAnySource() {
        assertThatThrownBy(() -> prepared(Map.of("STORAGE_ADDRESS", "nine"), Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("STORAGE_ADDRESS (--storage-addr)", "\"nine\"", ":8080");
        assertThatThrownBy(() -> prepared(Map.of(), Map.of("sluice.artifact-retention-ttl", "soon")))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("sluice.artifact-retention-ttl (--artifact-retention-ttl)", "\"soon\"");
    }

    private static StandardEnvironment prepared(
            Map<String, Object> variables, Map<String, Object> properties, String... arguments) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().addLast(new SystemEnvironmentPropertySource("variables", variables));
        environment.getPropertySources().addLast(new MapPropertySource("properties", properties));
        new FlagProperties(FLAGS, FLAGS.parse(arguments)).apply(environment);
        return environment;
    }
}
