package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.FileTree;
import org.jspecify.annotations.Nullable;

/**
 * A rendered artifact, or the reason why it cannot be rendered.
 *
 * @param tree empty on failure
 * @param error the reason of the failure, or null
 */
record RenderedArtifact(
        String name,
        FileTree tree,
        @Nullable String revision,
        @Nullable String originRevision,
        @Nullable String error) {

    RenderedArtifact failedBecause(String problem) {
        return new RenderedArtifact(name, FileTree.empty(), null, null, problem);
    }

    /** Whether the artifact is a Helm chart itself, instead of containing it in a directory. */
    boolean isChart() {
        return tree.nodes().stream()
                .anyMatch(node -> node.isFile() && node.path().toString().equals("Chart.yaml"));
    }

    boolean failed() {
        return error != null;
    }
}
