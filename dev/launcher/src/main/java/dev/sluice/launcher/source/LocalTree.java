package dev.sluice.launcher.source;

import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.LinkPolicy;
import java.io.IOException;
import java.nio.file.Path;

/** A directory as a source: without links, and without what its {@code .sourceignore} files or the defaults leave out. */
final class LocalTree {

    private LocalTree() {}

    /** Looks for the ignore files first, so that what they leave out is never read: it may be large. */
    static FileTree read(Path directory) throws IOException {
        FileTree ignoreFiles = DirectoryTree.read(
                directory,
                LinkPolicy.SKIP,
                (path, isDirectory) -> !isDirectory && !path.name().equals(SourceIgnore.IGNORE_FILE));
        SourceIgnore ignore = SourceIgnore.fromIgnoreFiles(ignoreFiles);
        return DirectoryTree.read(directory, LinkPolicy.SKIP, ignore::ignores);
    }
}
