package dev.sluice.reconciler.publish;

import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.storage.StoredDirectories;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.stage.Stages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/** A volume in a temporary directory. */
public record StorageFixture(ArtifactStorage storage, VerifiedFiles verified, Path scratch) {

    public static StorageFixture in(Path temporary) throws IOException {
        Path base = Files.createDirectory(temporary.resolve("storage"));
        ArtifactStorage storage = new ArtifactStorage(StorageOptions.of(base, "artifacts.test"), Clock.systemUTC());
        return new StorageFixture(
                storage,
                new VerifiedFiles(storage, Clock.systemUTC()),
                Files.createDirectory(temporary.resolve("scratch")));
    }

    public ArtifactStore store() {
        return store(reserve(0, new VolumeReserve.Space() {
            @Override
            public long total() {
                return 0;
            }

            @Override
            public long usable() {
                return 0;
            }
        }));
    }

    ArtifactStore store(VolumeReserve reserve) {
        return new ArtifactStore(storage, verified, scratch, 1_000, reserve, Stages.unobserved(), new ArtifactStats());
    }

    VolumeReserve reserve(int percent, VolumeReserve.Space space) {
        Path base = scratch.resolveSibling("storage");
        return new VolumeReserve(base, new StoredDirectories(base, Clock.systemUTC()), percent, space);
    }

    public Path file(Artifact artifact) throws IOException {
        return storage.localPath(artifact);
    }

    /** Writes a file as another controller would, with another name and other bytes for the same tree. */
    public Artifact foreign(String name, FileTree tree) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarGzWriter.write(tree, bytes);
        Artifact artifact =
                storage.newArtifact("ExternalArtifact", "apps", "a", "latest@sha256:" + name, name + ".tar.gz");
        Path file = Files.createDirectories(
                        Objects.requireNonNull(file(artifact).getParent()))
                .resolve(name + ".tar.gz");
        Files.write(file, bytes.toByteArray());
        String digest =
                Digest.ofBytes(DigestAlgorithm.SHA256, bytes.toByteArray()).toString();
        return artifact.withFile(digest, bytes.size(), Instant.parse("2026-11-01T00:00:00Z"));
    }

    public static FileTree tree(String content) throws IOException {
        return FileTree.builder()
                .putFile(TreePath.of("a.yaml"), FileEntry.of(false, content.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
