package dev.sluice.artifact.storage;

import static dev.sluice.artifact.storage.StorageFixture.artifact;
import static dev.sluice.artifact.storage.StorageFixture.options;
import static dev.sluice.artifact.storage.StorageFixture.storage;
import static dev.sluice.artifact.storage.StorageFixture.stream;
import static dev.sluice.artifact.storage.StorageFixture.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.UnsafePathException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Timeout(60)
class ArtifactStorageTest {

    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private Path base;
    private ArtifactStorage storage;
    private Artifact artifact;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        base = Files.createDirectory(directory.resolve("data"));
        storage = storage(base);
        artifact = artifact(storage, "a.tar.gz");
        file = base.resolve("externalartifact/default/app/a.tar.gz");
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode") & 07777;
    }

    private FileTree stored() throws IOException {
        try (SpoolFile spool = SpoolFile.create(directory.resolve("spool" + System.nanoTime()));
                InputStream in = Files.newInputStream(file)) {
            return TarGzReader.index(in, spool, UnpackOptions.untrusted());
        }
    }

    @Test
    void archivesATreeAndReturnsTheStoredArtifact() throws IOException {
        Artifact stored = storage.archive(artifact, tree("a"));
        assertThat(stored().contentHash()).isEqualTo(tree("a").contentHash());
        assertThat(stored.digest())
                .isEqualTo(Digest.ofBytes(DigestAlgorithm.SHA256, Files.readAllBytes(file))
                        .toString());
        assertThat(stored.size()).isEqualTo(Files.size(file));
        assertThat(stored.lastUpdateTime()).isEqualTo(StorageFixture.NOW_IN_SECONDS);
        assertThat(stored.url())
                .isEqualTo("http://" + StorageFixture.ADDRESS + "/externalartifact/default/app/a.tar.gz");
        storage.verify(stored);
    }

    @Test
    void archivesADirectoryWithoutExcludedFiles() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source/.git"));
        Files.writeString(source.resolve("HEAD"), "x");
        Files.writeString(source.resolveSibling("app.yaml"), "a: b");
        Files.createSymbolicLink(source.resolveSibling("link"), Path.of("/etc/passwd"));
        storage.archive(artifact, directory.resolve("source"), SourceIgnore.defaults());
        assertThat(stored().nodes()).extracting(n -> n.path().toString()).containsExactly("app.yaml");
    }

    @Test
    void aSourceThatIsNotADirectoryIsAnError() {
        assertThatThrownBy(() -> storage.archive(artifact, directory.resolve("none"), SourceIgnore.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SHA1")
    void digestsWithTheConfiguredAlgorithm(DigestAlgorithm algorithm) throws IOException {
        ArtifactStorage other = storage(options(base, algorithm, false));
        Artifact stored = other.archive(artifact, tree("a"));
        assertThat(stored.digest()).startsWith(algorithm.id() + ":");
        other.verify(stored);
    }

    @Test
    void modesDoNotDependOnTheUmask() throws IOException {
        storage.archive(artifact, tree("a"));
        assertThat(mode(file)).isEqualTo(0600);
        assertThat(mode(base.resolve("externalartifact/default/app"))).isEqualTo(0700);
        assertThat(mode(base.resolve("externalartifact"))).isEqualTo(0700);
    }

    @Test
    void setsGroupPermissionsAlsoOfExistingFiles() throws IOException {
        int baseMode = mode(base);
        Artifact stored = storage.archive(artifact, tree("a"));
        storage(options(base, DigestAlgorithm.SHA256, true)).archive(stored, tree("a"));
        assertThat(mode(file)).isEqualTo(0640);
        assertThat(mode(base.resolve("externalartifact/default/app"))).isEqualTo(02750);
        assertThat(mode(base.resolve("externalartifact"))).isEqualTo(02750);
        assertThat(mode(base)).isEqualTo(baseMode);
    }

    @Test
    void keepsAnIntactFile() throws IOException {
        Artifact stored = storage.archive(artifact, tree("a"));
        Files.setLastModifiedTime(file, FileTime.from(OLD));
        Object inode = Files.getAttribute(file, "unix:ino");
        Artifact again = storage.archive(stored, tree("a"));
        Artifact withoutDigest = storage.archive(artifact, tree("a"));
        Artifact byStream = storage.copy(artifact, Files.newInputStream(file));
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
        assertThat(again).isEqualTo(withoutDigest).isEqualTo(byStream);
        assertThat(again).isEqualTo(stored.withLastUpdateTime(OLD));
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**/.tmp-*");
    }

    @Test
    void returnsTheTimeOfAnExistingFile() throws IOException {
        Artifact stored = storage.archive(artifact, tree("a"));
        Clock later = Clock.offset(StorageFixture.CLOCK, Duration.ofHours(1));
        ArtifactStorage restarted = new ArtifactStorage(StorageOptions.of(base, StorageFixture.ADDRESS), later);
        assertThat(restarted.archive(artifact, tree("a"))).isEqualTo(stored);
    }

    @Test
    void keepsAFileWithTheSameTreeFromAnotherCompressor() throws IOException {
        storage.makeDirectory(artifact);
        Process tar = new ProcessBuilder(
                        "sh",
                        "-c",
                        "mkdir d && cd d && mkdir empty dir && printf a > dir/file.yaml"
                                + " && printf '\\001' > run.sh && chmod +x run.sh && tar --format=ustar -cf - * | gzip -1 > "
                                + file)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assumeTrue(join(tar) == 0, "tar or gzip is not installed");
        byte[] before = Files.readAllBytes(file);
        Artifact stored = storage.archive(artifact, tree("a"));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        storage.verify(stored);
    }

    private static int join(Process process) {
        return process.onExit().join().exitValue();
    }

    @Test
    void rewritesADamagedFile() throws IOException {
        Artifact stored = storage.archive(artifact, tree("a"));
        byte[] bytes = Files.readAllBytes(file);
        for (Artifact known : new Artifact[] {stored, artifact, artifact.withDigest("nonsense")}) {
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
            assertThat(storage.archive(known, tree("a")).digest()).isEqualTo(stored.digest());
            storage.verify(stored);
        }
    }

    @Test
    void storesAStreamCompletelyOrNotAtAll() throws IOException {
        Artifact stored = storage.copy(artifact, stream("first"));
        InputStream broken = new InputStream() {
            private boolean begun;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (begun) {
                    throw new IOException("source broke");
                }
                begun = true;
                return 1;
            }
        };
        assertThatThrownBy(() -> storage.copy(artifact, broken)).hasMessage("source broke");
        assertThat(file).hasContent("first");
        storage.verify(stored);
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**/.tmp-*");
        Artifact second = storage.copy(artifact, stream("second"));
        assertThat(file).hasContent("second");
        assertThat(second.size()).isEqualTo(6);
        assertThat(storage.copy(second, stream("third")).digest()).isEqualTo(second.digest());
    }

    @Test
    void namesANewArtifactByItsContent() throws IOException {
        String hash = tree("x").contentHash().hex();

        Artifact wanted = storage.newArtifact("ExternalArtifact", "default", "app", tree("x"));

        assertThat(wanted.revision()).isEqualTo("latest@sha256:" + hash);
        assertThat(wanted.path()).isEqualTo("externalartifact/default/app/" + hash + ".tar.gz");
        assertThat(wanted.digest()).isNull();
    }

    @Test
    void writesWithTheGivenPermissions() throws IOException {
        Set<PosixFilePermission> all = PosixFilePermissions.fromString("rwxrw-r-x");
        Artifact stored = storage.write(artifact(storage, "a.tar.gz"), stream("x"), all);

        assertThat(Files.getPosixFilePermissions(storage.localPath(stored))).isEqualTo(all);
        storage.verify(stored);
        Set<PosixFilePermission> few = PosixFilePermissions.fromString("r--------");
        storage.write(stored, stream("never read"), few);
        assertThat(Files.getPosixFilePermissions(storage.localPath(stored))).isEqualTo(few);
        storage.verify(stored);
    }

    @Test
    void copiesFromAPath() throws IOException {
        Path source = Files.writeString(directory.resolve("source"), "content");
        storage.verify(storage.copyFromPath(artifact, source));
        assertThat(file).hasContent("content");
        assertThatThrownBy(() -> storage.copyFromPath(artifact, directory.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(file).hasContent("content");
    }

    @Test
    void verifyReportsTheProblem() throws IOException {
        Artifact stored = storage.archive(artifact, tree("a"));
        assertThatThrownBy(() -> storage.verify(artifact)).isInstanceOf(MissingDigestException.class);
        assertThatThrownBy(() -> storage.verify(artifact.withDigest(""))).isInstanceOf(MissingDigestException.class);
        assertThatThrownBy(() -> storage.verify(artifact.withDigest("sha256:12")))
                .isInstanceOf(UnparsableDigestException.class)
                .hasMessageContaining("a.tar.gz");
        Files.writeString(file, "other");
        assertThatThrownBy(() -> storage.verify(stored)).isInstanceOf(DigestMismatchException.class);
        Files.delete(file);
        assertThatThrownBy(() -> storage.verify(stored)).isInstanceOf(ArtifactNotFoundException.class);
        Files.createDirectory(file);
        assertThatThrownBy(() -> storage.verify(stored)).isInstanceOf(ArtifactNotFoundException.class);
    }

    @Test
    void existsOnlyForRegularFiles() throws IOException {
        assertThat(storage.exists(artifact)).isFalse();
        storage.makeDirectory(artifact);
        Files.createSymbolicLink(file, Path.of("/etc/passwd"));
        assertThat(storage.exists(artifact)).isFalse();
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(storage.exists(artifact)).isFalse();
        Files.delete(file);
        storage.archive(artifact, tree("a"));
        assertThat(storage.exists(artifact)).isTrue();
    }

    @Test
    void reportsADirectoryInPlaceOfAFile() throws IOException {
        storage.makeDirectory(artifact);
        Files.createDirectories(file);
        assertThatThrownBy(() -> storage.archive(artifact, tree("a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a directory has that name");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**/.tmp-*");
        Files.delete(file);
        Files.delete(file.resolveSibling(".lock"));
        Files.delete(file.getParent());
        Files.writeString(file.getParent(), "a file");
        assertThatThrownBy(() -> storage.archive(artifact, tree("a")))
                .hasMessageContaining("a file or link has that name");
    }

    @Test
    void replacesALinkInPlaceOfTheFile() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside"), "precious");
        storage.makeDirectory(artifact);
        Files.createSymbolicLink(file, outside);
        Artifact stored = storage.archive(artifact, tree("a"));
        assertThat(outside).hasContent("precious");
        assertThat(storage.exists(artifact)).isTrue();
        storage.verify(stored);
    }

    @Test
    void urlsUseTheAdvertisedAddress() {
        assertThat(storage.setUrl(artifact.withPath("a/b/c/d e+é.tar.gz")).url())
                .isEqualTo("http://" + StorageFixture.ADDRESS + "/a/b/c/d%20e+%C3%A9.tar.gz");
        assertThat(storage.setHostname("https://user:pass@other:8080/a/b?c#d"))
                .isEqualTo("http://" + StorageFixture.ADDRESS + "/a/b?c#d");
        assertThat(storage(StorageOptions.of(base, "https://cdn.example/"))
                        .setUrl(artifact)
                        .url())
                .isEqualTo("https://cdn.example/externalartifact/default/app/a.tar.gz");
        assertThatThrownBy(() -> storage.setHostname("no url")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsMetadata() throws IOException {
        Artifact stored = storage.archive(artifact.withMetadata(Map.of("k", "v")), tree("a"));
        assertThat(stored.metadata()).containsEntry("k", "v");
        assertThat(stored.revision()).isEqualTo("latest@sha256:00");
    }

    @Test
    void unpacksPartOfAnArtifact() throws IOException {
        Artifact stored = storage.archive(artifact, tree("a"));
        storage.copyToPath(stored, "dir", directory.resolve("out/dir"));
        assertThat(directory.resolve("out/dir/file.yaml")).hasContent("a");
        storage.copyToPath(stored, "./dir/file.yaml", directory.resolve("out/file"));
        assertThat(directory.resolve("out/file")).hasContent("a");
        storage.copyToPath(artifact, "", directory.resolve("all"));
        assertThat(directory.resolve("all/empty")).isEmptyDirectory();
        assertThat(directory.resolve("all/run.sh")).isExecutable();
        assertThat(directory).isDirectoryNotContaining("glob:**/.tmp-*");
        assertThat(directory.resolve("out")).isDirectoryNotContaining("glob:**/.tmp-*");
    }

    @Test
    void unpacksNothingOutsideOrOverExistingFiles() throws IOException {
        Artifact stored = storage.archive(artifact, tree("a"));
        Path out = directory.resolve("out");
        for (String bad : new String[] {"../x", "/etc", "dir/../../x", "a\\b"}) {
            assertThatThrownBy(() -> storage.copyToPath(stored, bad, out)).isInstanceOf(UnsafePathException.class);
        }
        assertThatThrownBy(() -> storage.copyToPath(stored, "missing", out)).isInstanceOf(NoSuchFileException.class);
        Files.writeString(out, "precious");
        assertThatThrownBy(() -> storage.copyToPath(stored, "run.sh", out))
                .isInstanceOf(FileAlreadyExistsException.class);
        Path full = Files.createDirectory(directory.resolve("full"));
        Files.writeString(full.resolve("x"), "precious");
        assertThatThrownBy(() -> storage.copyToPath(stored, "dir", full)).isInstanceOf(IOException.class);
        assertThat(out).hasContent("precious");
        Files.writeString(file, "damaged");
        assertThatThrownBy(() -> storage.copyToPath(stored, "dir", directory.resolve("new")))
                .isInstanceOf(DigestMismatchException.class);
    }

    @Test
    void replacesALinkAtomically() throws IOException {
        Artifact other = artifact(storage, "b.tar.gz");
        storage.archive(artifact, tree("a"));
        storage.archive(other, tree("b"));
        storage.symlink(artifact, "latest.tar.gz");
        String url = storage.symlink(other, "latest.tar.gz");
        assertThat(url).isEqualTo("http://" + StorageFixture.ADDRESS + "/externalartifact/default/app/latest.tar.gz");
        assertThat(Files.readSymbolicLink(file.resolveSibling("latest.tar.gz"))).isEqualTo(Path.of("b.tar.gz"));
        assertThatThrownBy(() -> storage.symlink(artifact, "b.tar.gz"))
                .hasMessageContaining("a file or directory has that name");
        for (String bad : new String[] {"../x", "a/b", ".hidden", "x.lock", ""}) {
            assertThatThrownBy(() -> storage.symlink(artifact, bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
