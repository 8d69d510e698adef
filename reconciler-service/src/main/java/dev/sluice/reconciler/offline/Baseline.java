package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** The earlier state that a diff compares with. */
interface Baseline {

    /** Names of the artifacts in the baseline. */
    Set<String> names() throws IOException;

    /** The tree of an artifact; empty if the baseline does not contain it. */
    Optional<FileTree> tree(String name) throws IOException;
}
