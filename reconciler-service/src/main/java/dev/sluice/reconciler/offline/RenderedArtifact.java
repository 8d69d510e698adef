package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.FileTree;
import org.jspecify.annotations.Nullable;

/**
 * An artifact as it would be published, or why it cannot be.
 *
 * @param tree empty if there is an error
 * @param error why it cannot be built, or null
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

    /** Whether a Helm chart is the artifact itself, in place of a directory in it. */
    boolean isChart() {
        return tree.nodes().stream()
                .anyMatch(node -> node.isFile() && node.path().toString().equals("Chart.yaml"));
    }

    boolean failed() {
        return error != null;
    }
}
