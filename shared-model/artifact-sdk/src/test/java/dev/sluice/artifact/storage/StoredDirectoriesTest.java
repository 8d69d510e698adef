package dev.sluice.artifact.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredDirectoriesTest {

    private static final String KIND = "ExternalArtifact";

    @TempDir
    Path base;

    private StoredDirectories directories;

    @BeforeEach
    void open() {
        directories = new StoredDirectories(base, StorageFixture.CLOCK);
    }

    @Test
    void listsNamespacesAndNamesOfOneKind() throws IOException {
        Files.createDirectories(base.resolve("externalartifact/apps/one"));
        Files.createDirectories(base.resolve("externalartifact/apps/two"));
        Files.createDirectories(base.resolve("externalartifact/infra/one"));
        Files.createDirectories(base.resolve("gitrepository/other/one"));

        assertThat(directories.namespaces(KIND)).containsExactlyInAnyOrder("apps", "infra");
        assertThat(directories.names(KIND, "apps")).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void ignoresFilesLinksAndHiddenNames() throws IOException {
        Path apps = Files.createDirectories(base.resolve("externalartifact/apps"));
        Files.createDirectory(apps.resolve(".hidden"));
        Files.writeString(apps.resolve("file"), "x");
        Files.createSymbolicLink(apps.resolve("link"), base);

        assertThat(directories.names(KIND, "apps")).isEmpty();
    }

    @Test
    void anEmptyVolumeHasNoDirectories() throws IOException {
        assertThat(directories.namespaces(KIND)).isEmpty();
        assertThat(directories.names(KIND, "apps")).isEmpty();
        assertThat(directories.removeStaleTempFiles(KIND, "apps", "one")).isZero();
    }

    @Test
    void returnsTheTimeOfTheNewestFile() throws IOException {
        Path one = Files.createDirectories(base.resolve("externalartifact/apps/one"));
        assertThat(directories.newestFile(KIND, "apps", "one")).isEmpty();
        assertThat(directories.newestFile(KIND, "apps", "two")).isEmpty();

        aged(one.resolve("a.tar.gz"), Duration.ofDays(2));
        Path inWork = aged(one.resolve(StoredNames.newTemp()), Duration.ofDays(1));
        assertThat(directories.newestFile(KIND, "apps", "one"))
                .contains(Files.getLastModifiedTime(inWork).toInstant());
    }

    @Test
    void removesTemporaryFilesOlderThanAnHour() throws IOException {
        Path one = Files.createDirectories(base.resolve("externalartifact/apps/one"));
        Path stale = aged(one.resolve(StoredNames.newTemp()), Duration.ofMinutes(61));
        Path inWork = aged(one.resolve(StoredNames.newTemp()), Duration.ofMinutes(59));
        Path artifact = aged(one.resolve("a.tar.gz"), Duration.ofDays(61));

        assertThat(directories.removeStaleTempFiles(KIND, "apps", "one")).isOne();
        assertThat(stale).doesNotExist();
        assertThat(inWork).exists();
        assertThat(artifact).exists();
    }

    @Test
    void refusesUnsafeNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> directories.names(KIND, ".."));
        assertThatIllegalArgumentException().isThrownBy(() -> directories.removeStaleTempFiles(KIND, "a", "../b"));
    }

    private static Path aged(Path file, Duration age) throws IOException {
        Files.writeString(file, "x");
        return Files.setLastModifiedTime(file, FileTime.from(StorageFixture.NOW.minus(age)));
    }
}
