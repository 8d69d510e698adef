package dev.sluice.examples.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatcherOptionsTest {

    @Test
    void watchesAllNamespacesAndRetriesNineTimesByDefault() {
        WatcherOptions options = WatcherOptions.parse(List.of(), Map.of());

        assertThat(options.namespace()).isEmpty();
        assertThat(options.fetch().retry().retries()).isEqualTo(9);
        assertThat(options.fetch().hostOverride().hostAndPort()).isEmpty();
    }

    @Test
    void readsRetriesAndForwardedAddress() {
        WatcherOptions options = WatcherOptions.parse(
                List.of("--http-retry", "2"), Map.of("SOURCE_CONTROLLER_LOCALHOST", "localhost:8181"));

        assertThat(options.fetch().retry().retries()).isEqualTo(2);
        assertThat(options.fetch().hostOverride().apply("http://source-controller.flux-system.svc./a/b.tar.gz"))
                .isEqualTo("http://localhost:8181/a/b.tar.gz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http-retry=many", "--http-retry=-1", "--http-retry=", "--unknown=1", "plain"})
    void namesInvalidArgument(String argument) {
        assertThatThrownBy(() -> WatcherOptions.parse(List.of(argument), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(argument.replaceAll("^--|=.*", ""));
    }
}
