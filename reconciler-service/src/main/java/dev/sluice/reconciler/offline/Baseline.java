package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** What was published or rendered before. */
interface Baseline {

    /** The artifacts that it knows to be there. */
    Set<String> names() throws IOException;

    /** An artifact's tree, if it was there. */
    Optional<FileTree> tree(String name) throws IOException;
}
