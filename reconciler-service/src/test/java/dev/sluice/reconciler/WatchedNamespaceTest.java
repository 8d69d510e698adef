package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WatchedNamespaceTest {

    private static final Map<String, String> IN_SLUICE = Map.of("RUNTIME_NAMESPACE", "sluice");

    @Test
    void watchesAllNamespacesRegardlessOfTheEnvironment() {
        assertThat(WatchedNamespace.of(watchingAll(true), IN_SLUICE)).isEmpty();
    }

    @Test
    void watchesTheNamespaceInTheEnvironment() {
        assertThat(WatchedNamespace.of(watchingAll(false), IN_SLUICE)).isEqualTo("sluice");
    }

    @Test
    void requiresTheEnvironmentToWatchOneNamespace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WatchedNamespace.of(watchingAll(false), Map.of()))
                .withMessageContaining("RUNTIME_NAMESPACE");
    }

    private static ReconcilerSettings watchingAll(boolean all) {
        return new Binder(new MapConfigurationPropertySource(Map.of("sluice.watch-all-namespaces", all)))
                .bind("sluice", ReconcilerSettings.class)
                .get();
    }
}
