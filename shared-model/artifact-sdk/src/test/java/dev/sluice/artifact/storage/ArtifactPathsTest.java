package dev.sluice.artifact.storage;

import static dev.sluice.artifact.storage.StorageFixture.storage;
import static dev.sluice.artifact.storage.StorageFixture.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.UnsafePathException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathsTest {

    @TempDir
    Path directory;

    private Path base;
    private ArtifactStorage storage;

    @BeforeEach
    void open() throws IOException {
        base = Files.createDirectory(directory.resolve("data"));
        storage = storage(base);
    }

    private static Artifact at(String path) {
        return Artifact.of(path, "", "r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "..",
                "../x",
                "a/../../x",
                "a/..",
                "a/./b",
                "a//b",
                "a/b/",
                "a\\b",
                "a\0b",
                ".lock",
                "a/.hidden/b",
                ".sluice-volume",
                "a/b/c/.tmp-00",
                "a/b/c/d.lock",
                "a/b;c",
                "a/%2e%2e/b",
                "a\nb"
            })
    void refusesUnsafePathsAndReservedNames(String path) throws IOException {
        Artifact artifact = at(path);
        assertThatThrownBy(() -> storage.localPath(artifact)).isInstanceOf(UnsafePathException.class);
        assertThatThrownBy(() -> storage.copy(artifact, stream("x"))).isInstanceOf(UnsafePathException.class);
        assertThatThrownBy(() -> storage.remove(artifact)).isInstanceOf(UnsafePathException.class);
        assertThatThrownBy(() -> storage.removeAll(artifact)).isInstanceOf(UnsafePathException.class);
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void refusesLinksAmongTheParents() throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside/default/app"));
        Path precious = Files.writeString(outside.resolve("a.tar.gz"), "precious");
        Files.createSymbolicLink(base.resolve("externalartifact"), directory.resolve("outside"));
        Files.createDirectories(base.resolve("k/n"));
        Files.createSymbolicLink(base.resolve("k/n/o"), outside);
        for (String path : new String[] {"externalartifact/default/app/a.tar.gz", "k/n/o/a.tar.gz"}) {
            Artifact artifact = at(path).withDigest("sha256:" + "0".repeat(64));
            assertThatThrownBy(() -> storage.exists(artifact)).isInstanceOf(UnsafePathException.class);
            assertThatThrownBy(() -> storage.verify(artifact)).isInstanceOf(UnsafePathException.class);
            assertThatThrownBy(() -> storage.copy(artifact, stream("x"))).isInstanceOf(UnsafePathException.class);
            assertThatThrownBy(() -> storage.remove(artifact)).isInstanceOf(UnsafePathException.class);
            assertThatThrownBy(() -> storage.removeAll(artifact)).isInstanceOf(UnsafePathException.class);
            assertThatThrownBy(() -> storage.removeAllButCurrent(artifact)).isInstanceOf(UnsafePathException.class);
            assertThatThrownBy(() -> storage.collectGarbage(artifact, Duration.ofSeconds(5)))
                    .isInstanceOf(UnsafePathException.class);
            assertThatThrownBy(() -> storage.symlink(artifact, "l")).isInstanceOf(UnsafePathException.class);
        }
        assertThat(precious).hasContent("precious");
    }

    @Test
    void removingADirectoryRequiresFourComponents() throws IOException {
        storage.copy(at("a/b/c/d"), stream("x"));
        for (String path : new String[] {"d", "a/d", "a/b/d", "a/b/c/d/e"}) {
            assertThatThrownBy(() -> storage.removeAll(at(path)))
                    .isInstanceOf(UnsafePathException.class)
                    .hasMessageContaining("<kind>/<namespace>/<name>/<file>");
            assertThatThrownBy(() -> storage.removeAllButCurrent(at(path))).isInstanceOf(UnsafePathException.class);
        }
        assertThat(base.resolve("a/b/c/d")).exists();
    }

    @Test
    void theBaseItselfMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("mount"), base);
        storage(link).copy(at("a/b/c/d"), stream("x"));
        assertThat(base.resolve("a/b/c/d")).hasContent("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", ".hidden", "a\\b", "x.lock", "a%2fb", "a;b", "a\0"})
    void namesOfNewArtifactsAreServable(String bad) {
        assertThatThrownBy(() -> storage.newArtifact("Kind", "ns", "name", "r", bad))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ArtifactStorage.artifactDir("Kind", bad, "name"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(StoredNames.isServable(bad)).isFalse();
    }

    @Test
    void pathsAreLowerCaseKindNamespaceNameFile() {
        assertThat(ArtifactStorage.artifactPath("GitRepository", "Ns", "Name", "F.tar.gz"))
                .isEqualTo("gitrepository/Ns/Name/F.tar.gz");
        assertThat(ArtifactStorage.artifactDir("GitRepository", "ns", "name")).isEqualTo("gitrepository/ns/name");
    }
}
