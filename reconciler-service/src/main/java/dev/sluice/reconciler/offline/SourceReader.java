package dev.sluice.reconciler.offline;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.LinkPolicy;
import dev.sluice.artifact.tree.PathFilter;
import dev.sluice.artifact.tree.TreePath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads directories and tarballs that stand for sources. */
final class SourceReader {

    private static final String IGNORE_FILE = ".sourceignore";

    private static final String GIT_DIRECTORY = ".git";

    private final SpoolFile spool;
    private final boolean defaultIgnores;

    /**
     * @param defaultIgnores whether a directory without ignore rules of its own is read as source-controller packs it
     */
    SourceReader(SpoolFile spool, boolean defaultIgnores) {
        this.spool = spool;
        this.defaultIgnores = defaultIgnores;
    }

    FileTree read(Path path) throws IOException {
        return Files.isDirectory(path) ? directory(path) : tarball(path);
    }

    FileTree tarball(Path path) throws IOException {
        try (InputStream gzip = new BufferedInputStream(Files.newInputStream(path))) {
            return TarGzReader.index(gzip, spool, UnpackOptions.fluxSource(UnpackOptions.DEFAULT_MAX_ENTRIES));
        }
    }

    private FileTree directory(Path directory) throws IOException {
        return DirectoryTree.read(directory, LinkPolicy.SKIP, filter(directory));
    }

    private PathFilter filter(Path directory) throws IOException {
        Path ignoreFile = directory.resolve(IGNORE_FILE);
        if (Files.isRegularFile(ignoreFile)) {
            return SourceIgnore.withPatterns(Files.readString(ignoreFile))::ignores;
        }
        return defaultIgnores ? SourceIgnore.defaults()::ignores : SourceReader::isGitDirectory;
    }

    /** Often larger than the rest of a checkout, and never part of an artifact. */
    private static boolean isGitDirectory(TreePath path, boolean isDirectory) {
        TreePath directory = isDirectory ? path : path.parent();
        while (!directory.isRoot() && !directory.name().equals(GIT_DIRECTORY)) {
            directory = directory.parent();
        }
        return !directory.isRoot();
    }
}
