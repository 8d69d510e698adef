package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;

/** Opens the trees in tarballs. */
public interface TarballSource {

    /**
     * Returns the tree in a {@code .tar.gz} file. Implementations read each content once for all artifacts, and treat
     * it as untrusted: at most 100 MiB, no links.
     */
    FileTree open(FileEntry tarball) throws IOException;
}
