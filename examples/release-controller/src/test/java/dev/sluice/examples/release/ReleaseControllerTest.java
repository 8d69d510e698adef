package dev.sluice.examples.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.fetch.FetchOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseControllerTest {

    @TempDir
    Path volume;

    private FetchOptions options(String flag, Map<String, String> environment) {
        return ReleaseController.fetchOptions(
                ReleaseController.parse(List.of("--storage-path=" + volume, flag), environment), environment);
    }

    @Test
    void readsNumberOfRetries() {
        assertThat(options("--http-retry=5", Map.of()).retry().retries()).isEqualTo(5);
        assertThat(options("--concurrent=7", Map.of()).retry().retries()).isEqualTo(2);
    }

    @Test
    void doesNotReplaceUpstreamHost() {
        assertThat(options("--http-retry=0", Map.of("SOURCE_CONTROLLER_LOCALHOST", "localhost:8181"))
                        .hostOverride()
                        .hostAndPort())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http-retry=x", "--http-retry=-1", "--insecure-skip-verify"})
    void namesInvalidArgument(String flag) {
        assertThatThrownBy(() -> options(flag, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(flag.replaceAll("^--|=.*", ""));
    }
}
