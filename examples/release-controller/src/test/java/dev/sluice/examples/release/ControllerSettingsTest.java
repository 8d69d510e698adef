package dev.sluice.examples.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerSettingsTest {

    @TempDir
    Path volume;

    private ControllerSettings parse(String flag, Map<String, String> environment) {
        return ControllerSettings.parse(List.of("--storage-path=" + volume, flag), environment);
    }

    @Test
    void watchesAllNamespacesByDefault() {
        ControllerSettings settings = ControllerSettings.parse(
                List.of("--storage-path=" + volume), Map.of("RUNTIME_NAMESPACE", "flux-system"));

        assertThat(settings.namespace()).isEmpty();
        assertThat(settings.ownNamespace()).isEqualTo("flux-system");
        assertThat(settings.noCrossNamespaceRefs()).isFalse();
        assertThat(settings.leaderElection()).isFalse();
        assertThat(settings.concurrent()).isEqualTo(4);
        assertThat(settings.fetch().retry().retries()).isEqualTo(2);
    }

    @Test
    void readsEachFlag() {
        assertThat(parse("--concurrent=7", Map.of()).concurrent()).isEqualTo(7);
        assertThat(parse("--http-retry=5", Map.of()).fetch().retry().retries()).isEqualTo(5);
        assertThat(parse("--enable-leader-election", Map.of()).leaderElection()).isTrue();
        assertThat(parse("--no-cross-namespace-refs", Map.of()).noCrossNamespaceRefs())
                .isTrue();
    }

    @Test
    void canWatchOnlyOwnNamespace() {
        assertThat(parse("--watch-all-namespaces=false", Map.of("RUNTIME_NAMESPACE", "apps"))
                        .namespace())
                .isEqualTo("apps");
    }

    @Test
    void doesNotReplaceUpstreamHost() {
        assertThat(parse("--http-retry=0", Map.of("SOURCE_CONTROLLER_LOCALHOST", "localhost:8181"))
                        .fetch()
                        .hostOverride()
                        .hostAndPort())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--concurrent=0",
                "--http-retry=x",
                "--no-cross-namespace-refs=maybe",
                "--storage-addr=9090",
                "--insecure-skip-verify"
            })
    void namesInvalidArgument(String flag) {
        assertThatThrownBy(() -> parse(flag, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(flag.replaceAll("^--|=.*", ""));
    }
}
