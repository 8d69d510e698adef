package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;

/** Where the trees inside of tarballs come from. */
public interface TarballSource {

    /**
     * The tree in a {@code .tar.gz} file. Implementations read a content once, however many artifacts extract it, and
     * treat it as hostile: at most 100 MiB, no links.
     */
    FileTree open(FileEntry tarball) throws IOException;
}
