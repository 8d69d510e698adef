package dev.sluice.reconciler.offline;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.ignore.SourceDirectory;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Reads the directories and tarballs that are used as sources. */
final class SourceTreeReader {

    private final SpoolFile spool;
    private final SourceIgnore withoutIgnoreFiles;
    private final Set<Path> excluded;

    /**
     * @param withoutIgnoreFiles ignore rules for a directory without a .sourceignore file
     * @param excluded directories excluded from sources, such as the output directory
     */
    SourceTreeReader(SpoolFile spool, SourceIgnore withoutIgnoreFiles, Set<Path> excluded) {
        this.spool = spool;
        this.withoutIgnoreFiles = withoutIgnoreFiles;
        this.excluded = excluded;
    }

    FileTree read(Path path) throws IOException {
        return Files.isDirectory(path) ? SourceDirectory.read(path, withoutIgnoreFiles, excluded) : tarball(path);
    }

    FileTree tarball(Path path) throws IOException {
        try (InputStream gzip = new BufferedInputStream(Files.newInputStream(path))) {
            return TarGzReader.index(gzip, spool, UnpackOptions.fluxSource(UnpackOptions.DEFAULT_MAX_ENTRIES));
        }
    }
}
