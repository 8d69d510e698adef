package dev.sluice.artifact.storage;

import static dev.sluice.artifact.storage.StorageFixture.artifact;
import static dev.sluice.artifact.storage.StorageFixture.options;
import static dev.sluice.artifact.storage.StorageFixture.storage;
import static dev.sluice.artifact.storage.StorageFixture.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.artifact.digest.DigestAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Failing volumes on a small tmpfs, which requires the permission to mount. */
@Tag("root")
@Timeout(120)
class VolumeFaultsIT {

    @TempDir
    Path directory;

    private Path base;
    private boolean mounted;
    private ArtifactStorage storage;

    @BeforeEach
    void mount() throws Exception {
        base = Files.createDirectory(directory.resolve("volume"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", base.toString());
        if (!mounted) {
            System.out.println("VolumeFaultsIT: skipped, this user cannot mount a tmpfs");
        }
        assumeTrue(mounted, "cannot mount a tmpfs");
        storage = storage(base);
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", base.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aFullDiskIsReportedAndKeepsTheOldArtifact() throws IOException {
        FaultyVolume.isFull(base, "No space left on device");
    }

    @Test
    void aReadOnlyVolumeCanOnlyBeRead() throws Exception {
        FaultyVolume.storeOld(base);
        assertThat(run("mount", "-o", "remount,ro", base.toString())).isTrue();
        FaultyVolume.isReadOnly(base, "Read-only file system");
    }

    @Test
    void aReadOnlyVolumeGetsNoIdentity() throws Exception {
        assertThat(run("mount", "-o", "remount,ro", base.toString())).isTrue();
        assertThatThrownBy(() -> VolumeIdentity.readOrCreate(base)).hasMessageContaining("Read-only file system");
    }

    @Test
    void anotherUserOfTheGroupCanReadIfGroupReadable() throws Exception {
        assumeTrue(run("setpriv", "--version") && run("chgrp", "54321", base.toString()), "setpriv is not installed");
        assertThat(run("chmod", "2750", base.toString())).isTrue();
        Files.setAttribute(directory, "unix:mode", 0755);
        ArtifactStorage shared = storage(options(base, DigestAlgorithm.SHA256, true));
        Path readable = shared.localPath(shared.copy(artifact(shared, "a.tar.gz"), stream("x")));
        assertThat(catAsNobody("54321", readable)).isTrue();
        assertThat(catAsNobody("54322", readable)).isFalse();
        Path closed = storage.localPath(storage.copy(artifact(storage, "b.tar.gz"), stream("x")));
        assertThat(catAsNobody("54321", closed)).isFalse();
    }

    private static boolean catAsNobody(String group, Path file) throws Exception {
        return run("setpriv", "--reuid=65534", "--regid=" + group, "--clear-groups", "cat", file.toString());
    }
}
