package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaderLeaseTest {

    @TempDir
    Path serviceAccount;

    @Test
    void usesTheLeaseOfTheReference() {
        assertThat(LeaderLease.name("")).isEqualTo("source-watcher-leader-election");
    }

    @Test
    void appendsTheHashOfTheSelectorToAShardsLease() {
        assertThat(LeaderLease.name("sharding.fluxcd.io/key=shard1"))
                .isEqualTo("source-watcher-leader-election-73fdc1be");
    }

    @Test
    void prefersTheEnvironmentsNamespaceThenThePods() throws IOException {
        assertThat(LeaderLease.namespace(Map.of(), serviceAccount)).isEqualTo("default");
        Files.writeString(serviceAccount.resolve("namespace"), "flux-system\n");
        assertThat(LeaderLease.namespace(Map.of(), serviceAccount)).isEqualTo("flux-system");
        assertThat(LeaderLease.namespace(Map.of("RUNTIME_NAMESPACE", "sluice"), serviceAccount))
                .isEqualTo("sluice");
    }
}
