package dev.sluice.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ConditionPropertiesTest {

    private static final Map<String, Object> IN_THE_BUILD = Map.of(
            "sluice.console-addr", "",
            "spring.autoconfigure.exclude", "a.B,\\\n  c.D",
            "server.port", "9090",
            "management.server.port", "8080");

    private static final Set<String> READ = Set.of(
            "sluice.console-addr",
            "spring.autoconfigure.exclude",
            "management.info.os.enabled",
            "server.port",
            "management.server.port");

    private final ConditionProperties conditions = ConditionProperties.of(READ, environment(Map.of()));

    @Test
    void areEqualInTheEnvironmentOfTheBuild() {
        assertThat(conditions.equalIn(environment(Map.of()))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "sluice.console-addr, :8090",
        "spring.autoconfigure.exclude, a.B",
        "management.info.os.enabled, true",
        "management.info.os.enabled, ''",
        "management.server.port, -1",
        "management.server.port, 9090"
    })
    void differIfAPropertyOfAConditionDiffers(String property, String value) {
        assertThat(conditions.equalIn(environment(Map.of(property, value)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"sluice.concurrent, 4", "server.port, 9091", "management.server.port, 0", "logging.level.root, debug"})
    void areEqualIfOnlyOtherPropertiesDiffer(String property, String value) {
        assertThat(conditions.equalIn(environment(Map.of(property, value)))).isTrue();
    }

    @Test
    void areStoredSortedAndWithoutDate() throws Exception {
        Properties read = new Properties();
        read.load(new StringReader(conditions.content()));
        assertThat(new ConditionProperties(read)).isEqualTo(conditions);
        assertThat(conditions.content().lines()).isSorted().noneMatch(line -> line.startsWith("#"));
    }

    private static ConfigurableEnvironment environment(Map<String, Object> given) {
        Map<String, Object> properties = new HashMap<>(IN_THE_BUILD);
        properties.putAll(given);
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return environment;
    }
}
