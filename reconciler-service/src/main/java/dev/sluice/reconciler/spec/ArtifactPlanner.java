package dev.sluice.reconciler.spec;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.reconciler.pathpattern.PathPatternException;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.extensions.SourceReference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Determines the artifacts that a run builds: those of the spec, or one set for each directory that matches the
 * pathPattern.
 */
public final class ArtifactPlanner {

    /**
     * Plans the artifacts. Errors in the pattern, and more artifacts than a generator may have, are terminal.
     *
     * @throws dev.sluice.reconciler.budget.LimitExceededException if there are too many artifacts
     */
    public List<PlannedArtifact> plan(ArtifactGenerator generator, Map<String, FileTree> sources, RunBudget budget)
            throws TerminalException, IOException {
        ArtifactGeneratorSpec spec = generator.spec();
        List<OutputArtifact> artifacts = spec.artifacts();
        String pattern = spec.pathPattern();
        if (pattern == null || pattern.isEmpty()) {
            budget.takeArtifacts("the generator", artifacts.size());
            return PathPattern.unexpanded(artifacts);
        }
        Set<String> aliases =
                spec.sources().stream().map(SourceReference::alias).collect(Collectors.toSet());
        try {
            return PathPattern.parse(pattern, aliases).expand(generator, sources, budget);
        } catch (PathPatternException e) {
            throw new TerminalException(GeneratorReasons.BUILD_FAILED, ErrorText.describe(e));
        }
    }
}
