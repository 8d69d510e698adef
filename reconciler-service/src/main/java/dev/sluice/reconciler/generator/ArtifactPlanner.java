package dev.sluice.reconciler.generator;

import dev.sluice.reconciler.build.PathPattern;
import dev.sluice.reconciler.build.PlannedArtifact;
import dev.sluice.reconciler.build.TerminalException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.extensions.SourceReference;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which artifacts a run builds: those of the spec, or one set per directory that the pathPattern matches. */
final class ArtifactPlanner {

    /** Pure. Errors in the pattern are terminal. */
    List<PlannedArtifact> plan(ArtifactGenerator generator, SourceTrees sources) throws TerminalException {
        List<OutputArtifact> artifacts = generator.spec().artifacts();
        String pattern = generator.spec().pathPattern();
        if (pattern == null || pattern.isEmpty()) {
            return PathPattern.unexpanded(artifacts);
        }
        Set<String> aliases =
                generator.spec().sources().stream().map(SourceReference::alias).collect(Collectors.toSet());
        return PathPattern.parse(pattern, aliases).expand(artifacts, sources.byAlias());
    }
}
