package dev.sluice.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceCommandTest {

    /** The JVM treats options after the jar as the service's, and ignores TMPDIR. */
    @Test
    void setsTemporaryDirectory() {
        ServiceCommand command = ServiceCommand.ofJar(
                Path.of("lib/reconciler-service-1.2.jar"),
                new JvmFlags(null, false),
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

    @Test
    void readsOnlyAnArchiveThatExists(@TempDir Path directory) throws IOException {
        Path jar = directory.resolve("reconciler-service.jar");
        Path archive = directory.resolve("classes-17.jsa");
        JvmFlags flags = new JvmFlags("classes-17.jsa", false);

        assertThat(flags.forJar(jar)).noneMatch(flag -> flag.contains("classes-17.jsa"));
        assertThat(flags.writing().forJar(jar)).contains("-XX:ArchiveClassesAtExit=" + archive);

        Files.createFile(archive);
        assertThat(flags.forJar(jar)).contains("-XX:SharedArchiveFile=" + archive);
    }
}
