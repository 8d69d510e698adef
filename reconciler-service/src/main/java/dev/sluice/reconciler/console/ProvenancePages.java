package dev.sluice.reconciler.console;

import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.copy.ExplainedTree;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.spec.ArtifactPlanner;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;

/**
 * Makes the pages that say where the files of an artifact come from: builds the artifact again from the current sources,
 * as a reconciliation would and within its budget, and writes nothing.
 */
final class ProvenancePages {

    private final GeneratorInformers informers;
    private final CurrentSources.Opener sources;
    private final VisibleNamespaces namespaces;

    ProvenancePages(GeneratorInformers informers, CurrentSources.Opener sources, VisibleNamespaces namespaces) {
        this.informers = informers;
        this.sources = sources;
        this.namespaces = namespaces;
    }

    /**
     * @param find text that the rows must contain; empty for all
     * @throws UnexplainedException if the artifact cannot be built now
     */
    ProvenancePage of(ExternalArtifact object, String find, Shell shell)
            throws IOException, InterruptedException, UnexplainedException {
        ArtifactGenerator generator = generator(object);
        try (CurrentSources opened = sources.open(generator)) {
            ExplainedTree explained =
                    opened.builder().explain(planned(generator, object, opened).artifact(), opened.trees());
            return ProvenanceRows.page(
                    new ProvenanceRows.Subject(generator, object, opened.artifacts()), explained, find, shell);
        }
    }

    private ArtifactGenerator generator(ExternalArtifact object) throws UnexplainedException {
        return informers.generators().getIndexer().list().stream()
                .filter(generator -> Ownership.isOwn(generator, object))
                .filter(generator -> namespaces.includes(generator.key().namespace()))
                .findFirst()
                .orElseThrow(() -> new UnexplainedException(
                        "The generator of this artifact does not exist, or the console does not show it."));
    }

    private static PlannedArtifact planned(ArtifactGenerator generator, ExternalArtifact object, CurrentSources opened)
            throws IOException, UnexplainedException {
        try {
            return new ArtifactPlanner()
                    .plan(generator, opened.trees(), opened.run()).stream()
                            .filter(planned ->
                                    generator.artifactKey(planned.artifact()).equals(object.key()))
                            .findFirst()
                            .orElseThrow(() -> new UnexplainedException(
                                    "The current spec of its generator no longer produces this artifact."));
        } catch (TerminalException e) {
            throw new UnexplainedException(String.valueOf(e.getMessage()));
        }
    }
}
