package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.FileTree;
import org.jspecify.annotations.Nullable;

/**
 * An artifact as it would be published, or why it cannot be.
 *
 * @param tree empty if there is an error
 * @param error why it cannot be built, or null
 */
record Rendered(
        String name,
        FileTree tree,
        @Nullable String revision,
        @Nullable String originRevision,
        @Nullable String error) {

    Rendered failedBecause(String problem) {
        return new Rendered(name, FileTree.empty(), null, null, problem);
    }

    boolean failed() {
        return error != null;
    }
}
