package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.copy.Provenance;
import dev.sluice.toolkit.meta.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rendered artifact, or the reason why it cannot be rendered.
 *
 * @param tree empty on failure
 * @param inputs the exported inputs; empty on failure
 * @param provenance where its files come from; null on failure, or if not requested
 * @param error the reason of the failure, or null
 */
record RenderedArtifact(
        ArtifactId id,
        FileTree tree,
        Map<String, JsonValue> inputs,
        @Nullable String revision,
        @Nullable String originRevision,
        @Nullable Provenance provenance,
        @Nullable String error) {

    static RenderedArtifact failed(ArtifactId id, String problem) {
        return new RenderedArtifact(id, FileTree.empty(), Map.of(), null, null, null, problem);
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
