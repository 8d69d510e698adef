package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** What was published under an artifact's name before. */
public interface PublishedFiles {

    /** Nothing was. */
    PublishedFiles NONE = (built, merged) -> Optional.empty();

    /**
     * Reads what was published, unless nothing can come of it.
     *
     * @param built what would be published otherwise
     * @param merged where files stand that Merge has made; never empty
     * @return the former tree, of which the files at {@code merged} can be read; nothing if there is none
     * @throws IOException to end the build; a former artifact that cannot be read is none
     */
    Optional<FileTree> read(FileTree built, Set<TreePath> merged) throws IOException;
}
