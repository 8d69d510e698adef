package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildDirectoriesTest {

    @TempDir
    Path parent;

    @Test
    void aKilledProcessLeavesNothingForLong() throws IOException {
        Path abandoned = Files.createDirectories(parent.resolve("maker-builds-1/build-2"));
        Files.writeString(abandoned.resolve("large"), "x");
        Files.writeString(parent.resolve("maker-builds-1/lock"), "");
        Path other = Files.createDirectory(parent.resolve("other-builds-1"));
        Path unlocked = Files.createDirectory(parent.resolve("maker-builds-notours"));

        try (BuildDirectories own = BuildDirectories.open(parent, "maker")) {
            assertThat(parent.resolve("maker-builds-1")).doesNotExist();
            assertThat(other).exists();
            assertThat(unlocked).exists();
            assertThat(own.newDirectory()).isEmptyDirectory();
        }
    }

    @Test
    void anInterruptedRemovalIsCompletedByTheNextProcess() throws IOException {
        Path abandoned = Files.createDirectories(parent.resolve("maker-builds-1/build-2/kept"));
        Files.writeString(abandoned.resolve("file"), "x");
        Path lock = Files.writeString(parent.resolve("maker-builds-1/lock"), "");
        Files.setPosixFilePermissions(abandoned, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            if (!Files.isWritable(abandoned)) {
                BuildDirectories.open(parent, "maker").close();
                assertThat(lock).as("shows that the rest is abandoned").exists();
            }
        } finally {
            Files.setPosixFilePermissions(abandoned, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        BuildDirectories.open(parent, "maker").close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void aLivingProcessKeepsItsBuilds() throws IOException {
        try (BuildDirectories first = BuildDirectories.open(parent, "maker")) {
            Path build = first.newDirectory();
            try (BuildDirectories second = BuildDirectories.open(parent, "maker")) {
                assertThat(build).exists();
                assertThat(second.newDirectory().getParent()).isNotEqualTo(build.getParent());
            }
            assertThat(build).exists();
        }
        assertThat(parent).isEmptyDirectory();
    }
}
