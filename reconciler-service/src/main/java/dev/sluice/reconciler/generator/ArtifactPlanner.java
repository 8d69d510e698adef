package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.build.PathPattern;
import dev.sluice.reconciler.build.PlannedArtifact;
import dev.sluice.reconciler.build.TerminalException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.extensions.SourceReference;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which artifacts a run builds: those of the spec, or one set per directory that the pathPattern matches. */
final class ArtifactPlanner {

    /**
     * Changes nothing. Errors in the pattern are terminal, and so are more artifacts than a generator may have.
     *
     * @throws dev.sluice.reconciler.budget.LimitExceededException if they are too many
     */
    List<PlannedArtifact> plan(ArtifactGenerator generator, SourceTrees sources) throws TerminalException, IOException {
        List<OutputArtifact> artifacts = generator.spec().artifacts();
        String pattern = generator.spec().pathPattern();
        if (pattern == null || pattern.isEmpty()) {
            sources.budget().takeArtifacts("the generator", artifacts.size());
            return PathPattern.unexpanded(artifacts);
        }
        Set<String> aliases =
                generator.spec().sources().stream().map(SourceReference::alias).collect(Collectors.toSet());
        return PathPattern.parse(pattern, aliases).expand(artifacts, sources.byAlias(), sources.budget());
    }
}
