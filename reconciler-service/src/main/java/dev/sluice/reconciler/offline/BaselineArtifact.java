package dev.sluice.reconciler.offline;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.toolkit.meta.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A baseline of one artifact. */
record BaselineArtifact(String name, FileTree tree) implements Baseline {

    @Override
    public Set<String> names() {
        return Set.of(name);
    }

    @Override
    public Optional<FileTree> tree(String artifact) {
        return artifact.equals(name) ? Optional.of(tree) : Optional.empty();
    }

    @Override
    public Optional<Map<String, JsonValue>> inputs(String artifact) {
        return Optional.empty();
    }
}
