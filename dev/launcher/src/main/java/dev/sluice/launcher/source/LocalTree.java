package dev.sluice.launcher.source;

import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.LinkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory as a source: without links, and without what its {@code .sourceignore} files or the defaults leave out. */
final class LocalTree {

    private LocalTree() {}

    static FileTree read(Path directory) throws IOException {
        Path file = directory.resolve(".sourceignore");
        SourceIgnore ignore =
                Files.isRegularFile(file) ? SourceIgnore.withPatterns(Files.readString(file)) : SourceIgnore.defaults();
        return DirectoryTree.read(directory, LinkPolicy.SKIP, ignore::ignores);
    }
}
