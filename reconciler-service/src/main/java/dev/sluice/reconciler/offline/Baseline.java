package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.namespaces.NamespacePreview.Wanted;
import dev.sluice.toolkit.meta.JsonValue;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The earlier state that a diff compares with. */
interface Baseline {

    /** Names of the artifacts in the baseline. */
    Set<String> names() throws IOException;

    /** The tree of an artifact; empty if the baseline does not contain it. */
    Optional<FileTree> tree(String name) throws IOException;

    /** The managed namespaces by name; empty if the baseline does not tell them. */
    default Optional<Map<String, Wanted>> namespaces() throws IOException {
        return Optional.empty();
    }

    /** The exported inputs of an artifact; empty if the baseline does not tell them. */
    Optional<Map<String, JsonValue>> inputs(String name) throws IOException;
}
