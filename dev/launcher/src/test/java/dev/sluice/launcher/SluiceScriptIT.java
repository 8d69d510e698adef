package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code sluice} in a directory with a space in its path, with a fake Maven. */
@Timeout(60)
class SluiceScriptIT {

    @TempDir
    private Path temp;

    private record Outcome(int exitCode, String output) {}

    @Test
    void printsBuildErrorWithoutColourCodes() throws Exception {
        Outcome outcome = run("printf '\\033[1;31m[ERROR]\\033[m no network\\033[0m\\n'; exit 1", "dev");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).isEqualTo("""
                        sluice: building; later calls rebuild only when a source has changed ...
                        [ERROR] no network
                        sluice: build failed; see above
                        """);
    }

    @Test
    void buildsWithUtf8FileNames() throws Exception {
        assertThat(run("echo \"locale $LC_ALL\"; exit 1", "dev").output()).contains("locale C.UTF-8\n");
    }

    @Test
    void reportsUnknownCommandInOneLine() throws Exception {
        Outcome outcome = run("exit 1", "serve");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).isEqualTo("sluice: unknown command 'serve'; see ./sluice --help\n");
    }

    private Outcome run(String maven, String... arguments) throws IOException, InterruptedException {
        Path checkout = Files.createDirectory(temp.resolve("a checkout"));
        Path script = Files.copy(Path.of("../../sluice"), checkout.resolve("sluice"));
        Path programs = Files.createDirectory(temp.resolve("bin"));
        Path mvn = Files.writeString(programs.resolve("mvn"), "#!/bin/sh\n" + maven + "\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path output = temp.resolve("output");
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        String path = builder.environment().get("PATH");
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("PATH", programs + ":" + path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
