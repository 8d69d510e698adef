package dev.sluice.launcher.source;

import dev.sluice.artifact.archive.ArchiveOptions;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stores file trees as uncompressed archives: they are only read on the same machine, where compression costs time. */
final class LocalArchive {

    private final ArtifactStorage storage;
    private final Path scratch;

    LocalArchive(ArtifactStorage storage, Path scratch) {
        this.storage = storage;
        this.scratch = scratch;
    }

    Artifact store(Artifact artifact, FileTree tree) throws IOException {
        Path file = Files.createTempFile(scratch, "source-", ".tar.gz");
        try {
            try (var out = Files.newOutputStream(file)) {
                TarGzWriter.write(tree, out, ArchiveOptions.defaults().withLevel(0));
            }
            return storage.copyFromPath(artifact, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
