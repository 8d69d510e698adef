package dev.sluice.artifact.storage;

import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Shared by the tests of the storage. */
final class StorageFixture {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00.5Z");
    static final Instant NOW_IN_SECONDS = Instant.parse("2026-11-22T10:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String ADDRESS = "source-watcher.flux-system.svc.cluster.local.";

    private StorageFixture() {}

    static ArtifactStorage storage(Path base) {
        return storage(StorageOptions.of(base, ADDRESS));
    }

    static ArtifactStorage storage(StorageOptions options) {
        return new ArtifactStorage(options, CLOCK);
    }

    static StorageOptions options(Path base, DigestAlgorithm algorithm, boolean groupReadable) {
        return new StorageOptions(base, ADDRESS, Duration.ofMinutes(1), 2, algorithm, groupReadable);
    }

    static Artifact artifact(ArtifactStorage storage, String fileName) {
        return storage.newArtifact("ExternalArtifact", "default", "app", "latest@sha256:00", fileName);
    }

    static FileTree tree(String content) throws IOException {
        return FileTree.builder()
                .putFile(TreePath.of("dir/file.yaml"), FileEntry.of(false, content.getBytes(StandardCharsets.UTF_8)))
                .putFile(TreePath.of("run.sh"), FileEntry.of(true, new byte[] {1}))
                .putDirectory(TreePath.of("empty"))
                .build();
    }

    static InputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }
}
