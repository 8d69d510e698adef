package dev.sluice.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recording must not contain. */
@Timeout(120)
class FlightRecordingIT {

    private static final String MARKER = "s3cret-marker";

    @TempDir
    private Path temporary;

    /** Records itself into the file in its first argument while it starts another process. */
    static final class Recorded {

        private Recorded() {}

        public static void main(String[] arguments) throws Exception {
            Thread starting = new Thread(() -> startProcesses(arguments[1]), "starting");
            starting.setDaemon(true);
            starting.start();
            Path recording = FlightRecording.takeAll(Duration.ofSeconds(1));
            Files.move(recording, Path.of(arguments[0]));
        }

        /** Continuously, so that at least one process starts during the recording. */
        private static void startProcesses(String argument) {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    new ProcessBuilder("sleep", "0", argument).start().waitFor();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void aTraceContainsNoEnvironmentPropertiesOrCommandLines() throws Exception {
        Path trace = temporary.resolve("trace.jfr");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpassword=property-" + MARKER,
                "-cp",
                System.getProperty("java.class.path"),
                Recorded.class.getName(),
                trace.toString(),
                "argument-" + MARKER);
        builder.environment().put("PASSWORD", "variable-" + MARKER);
        Path log = temporary.resolve("log");
        Process java =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(java.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            java.destroyForcibly();
        }

        String bytes = new String(Files.readAllBytes(trace), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("jdk.ThreadStart");
        assertThat(bytes.contains(MARKER)).isFalse();
    }

    @Test
    void refusesATraceWhileAnotherRecordingRuns() {
        try (Recording other = new Recording()) {
            other.start();

            assertThatThrownBy(() -> FlightRecording.takeAll(Duration.ofMillis(10)))
                    .isInstanceOfSatisfying(
                            ProfileException.class, e -> assertThat(e.status()).isEqualTo(409))
                    .hasMessageContaining("another Flight Recorder recording");
        }
    }
}
