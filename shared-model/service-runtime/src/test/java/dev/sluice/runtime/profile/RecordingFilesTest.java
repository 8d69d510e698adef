package dev.sluice.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings are temporary files that are always deleted. */
class RecordingFilesTest {

    @TempDir
    private Path temporary;

    @Test
    void deletesAnUnreadableRecording() throws IOException {
        Path broken = Files.writeString(temporary.resolve("broken.jfr"), "no recording");

        assertThatThrownBy(() -> ThreadStacks.started(broken)).isInstanceOf(ProfileException.class);

        assertThat(broken).doesNotExist();
    }

    @Test
    void deletesAnInterruptedRecordingOfLiveObjects() throws IOException {
        LiveObjects objects = new LiveObjects();
        Assumptions.assumeTrue(objects.problem() == null, "cannot load async-profiler");
        List<Path> before = recordings();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> objects.record(Duration.ofSeconds(30), () -> {}))
                .isInstanceOf(InterruptedException.class);

        // other processes may also have recordings for a while
        await().atMost(Duration.ofSeconds(60)).until(() -> before.containsAll(recordings()));
    }

    private static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("sluice-profile-"))
                    .toList();
        }
    }
}
