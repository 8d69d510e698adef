package dev.sluice.reconciler.offline;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.build.ArtifactBuilder;
import dev.sluice.reconciler.build.PathPattern;
import dev.sluice.reconciler.build.PlannedArtifact;
import dev.sluice.reconciler.build.SpooledTarballs;
import dev.sluice.reconciler.build.TerminalException;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds what the controller would publish for a generator. */
final class Renderer {

    private final Generator generator;
    private final Map<String, LocalSource> sources;
    private final Map<String, FileTree> trees;
    private final ArtifactBuilder builder;

    Renderer(Generator generator, Map<String, LocalSource> sources, SpoolFile spool) {
        this.generator = generator;
        this.sources = sources;
        this.trees = sources.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, source -> source.getValue().tree()));
        this.builder = new ArtifactBuilder(spool, new SpooledTarballs(spool));
    }

    String namespace() {
        return generator.namespace();
    }

    List<PlannedArtifact> plan() throws OfflineException {
        String pattern = generator.spec().pathPattern();
        if (pattern == null || pattern.isEmpty()) {
            return PathPattern.unexpanded(generator.spec().artifacts());
        }
        try {
            return PathPattern.parse(pattern, trees.keySet())
                    .expand(generator.spec().artifacts(), trees);
        } catch (TerminalException e) {
            throw new OfflineException(String.valueOf(e.getMessage()));
        }
    }

    Rendered render(OutputArtifact artifact) {
        try {
            FileTree tree = builder.buildPublishable(artifact, trees);
            return new Rendered(artifact.name(), tree, revision(artifact, tree), originRevision(artifact), null);
        } catch (IOException e) {
            return new Rendered(artifact.name(), FileTree.empty(), null, null, Causes.describe(e));
        }
    }

    private String revision(OutputArtifact artifact, FileTree tree) {
        LocalSource source = referenced(artifact.revision());
        return source == null ? "latest@" + tree.contentHash() : source.revision();
    }

    private @Nullable String originRevision(OutputArtifact artifact) {
        LocalSource source = referenced(artifact.originRevision());
        return source == null ? null : source.revision();
    }

    private @Nullable LocalSource referenced(@Nullable String reference) {
        return reference == null || reference.isEmpty() ? null : sources.get(reference.substring(1));
    }
}
