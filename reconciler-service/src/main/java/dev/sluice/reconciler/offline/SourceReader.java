package dev.sluice.reconciler.offline;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.LinkPolicy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads directories and tarballs as Flux would: a directory as source-controller packs it, a tarball as it is. */
final class SourceReader {

    private static final String IGNORE_FILE = ".sourceignore";

    private final SpoolFile spool;

    SourceReader(SpoolFile spool) {
        this.spool = spool;
    }

    FileTree read(Path path) throws IOException {
        return Files.isDirectory(path) ? directory(path) : tarball(path);
    }

    FileTree tarball(Path path) throws IOException {
        try (InputStream gzip = new BufferedInputStream(Files.newInputStream(path))) {
            return TarGzReader.index(gzip, spool, UnpackOptions.fluxSource(UnpackOptions.DEFAULT_MAX_ENTRIES));
        }
    }

    private static FileTree directory(Path directory) throws IOException {
        Path ignoreFile = directory.resolve(IGNORE_FILE);
        SourceIgnore ignore = Files.isRegularFile(ignoreFile)
                ? SourceIgnore.withPatterns(Files.readString(ignoreFile))
                : SourceIgnore.defaults();
        return DirectoryTree.read(directory, LinkPolicy.SKIP, ignore::ignores);
    }
}
