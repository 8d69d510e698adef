package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** The files that are published under an artifact's name. */
public interface PublishedFiles {

    /** Nothing is published. */
    PublishedFiles NONE = (built, merged) -> Optional.empty();

    /**
     * Reads the published files, unless no comparison is necessary.
     *
     * @param built the tree to publish
     * @param merged the paths of the files that Merge has created; never empty
     * @return the published tree, in which the files at {@code merged} can be read; empty if there is none
     * @throws IOException if the build must be aborted; an unreadable published artifact counts as none
     */
    Optional<FileTree> read(FileTree built, Set<TreePath> merged) throws IOException;
}
