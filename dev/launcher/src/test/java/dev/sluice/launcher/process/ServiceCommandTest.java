package dev.sluice.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceCommandTest {

    /** The JVM treats options after the jar as the service's, and ignores TMPDIR. */
    @Test
    void setsTemporaryDirectory() {
        ServiceCommand command = ServiceCommand.ofJar(
                Path.of("lib/reconciler-service-1.2.jar"),
                Path.of("/data/scratch"),
                List.of("--log-level=debug"),
                Map.of("KUBECONFIG", "k"),
                Path.of("log"));

        assertThat(command.name()).isEqualTo("reconciler-service");
        assertThat(command.arguments())
                .containsSubsequence(
                        "-Djava.io.tmpdir=/data/scratch",
                        "-jar",
                        "lib/reconciler-service-1.2.jar",
                        "--log-level=debug");
        assertThat(command.environment()).containsOnlyKeys("KUBECONFIG");
    }
}
