package dev.sluice.reconciler.offline;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.copy.ArtifactBuilder;
import dev.sluice.reconciler.copy.BuildException;
import dev.sluice.reconciler.copy.ExplainedTree;
import dev.sluice.reconciler.copy.Provenance;
import dev.sluice.reconciler.copy.PublishedFiles;
import dev.sluice.reconciler.copy.SpooledTarballs;
import dev.sluice.reconciler.file.FileReference;
import dev.sluice.reconciler.inputs.InputsException;
import dev.sluice.reconciler.inputs.InputsFile;
import dev.sluice.reconciler.namespaces.NamespaceFiles;
import dev.sluice.reconciler.namespaces.NamespacePreview;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.spec.ArtifactPlanner;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renders what the controller would publish for a generator. */
final class Renderer {

    private final ArtifactGenerator generator;
    private final Map<String, SourceTree> sources;
    private final Map<String, String> missing;
    private final Map<String, FileTree> trees;
    private final RunBudget budget;
    private final ArtifactBuilder builder;
    private final NamespacePreview namespaces;

    /**
     * @param missing the error of each unavailable source, by alias; artifacts that do not use one of these are
     *     rendered
     */
    Renderer(ArtifactGenerator generator, Map<String, SourceTree> sources, Map<String, String> missing, SpoolFile spool)
            throws OfflineException {
        this.generator = generator;
        this.missing = missing;
        this.sources = sources;
        this.trees = sources.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, source -> source.getValue().tree()));
        this.budget = OfflineBudget.open(generator.key());
        this.builder = new ArtifactBuilder(spool, new SpooledTarballs(spool), budget);
        try {
            this.namespaces = NamespacePreview.of(generator, new NamespaceFiles(trees, budget));
        } catch (TerminalException e) {
            throw new OfflineException(String.valueOf(e.getMessage()));
        }
    }

    /** The namespaces of the artifacts that were rendered so far. */
    NamespacePreview namespaces() {
        return namespaces;
    }

    ArtifactGenerator generator() {
        return generator;
    }

    List<PlannedArtifact> plan() throws OfflineException {
        Optional<String> problem = missingIn(Stream.ofNullable(generator.spec().pathPattern()));
        if (problem.isPresent()) {
            throw new OfflineException(problem.get());
        }
        try {
            return new ArtifactPlanner().plan(generator, trees, budget);
        } catch (TerminalException e) {
            throw new OfflineException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new OfflineException(OfflineBudget.describe(e));
        }
    }

    /** @param published the published files; merged files with the same values keep their bytes */
    RenderedArtifact render(PlannedArtifact planned, PublishedFiles published) {
        return render(planned, () -> new Built(builder.buildPublishable(planned.artifact(), trees, published), null));
    }

    /** Renders an artifact that was never published, with the provenance of its files. */
    RenderedArtifact explain(PlannedArtifact planned) {
        return render(planned, () -> {
            ExplainedTree explained = builder.explain(planned.artifact(), trees);
            return new Built(explained.tree(), explained.provenance());
        });
    }

    /** The revisions of the available sources by alias. */
    Map<String, String> revisions() {
        return sources.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, source -> source.getValue().revision()));
    }

    private record Built(FileTree tree, @Nullable Provenance provenance) {}

    /** Builds the tree to publish. */
    private interface Build {
        Built run() throws IOException;
    }

    private RenderedArtifact render(PlannedArtifact planned, Build build) {
        OutputArtifact artifact = planned.artifact();
        ArtifactId id = ArtifactId.of(generator, artifact);
        Optional<String> problem = missingIn(Stream.concat(
                artifact.copy().stream().map(CopyOperation::from),
                Stream.of(artifact.revision(), artifact.originRevision(), inputsSource(artifact))
                        .filter(Objects::nonNull)));
        if (problem.isPresent()) {
            return RenderedArtifact.failed(id, problem.get());
        }
        try {
            Built built = build.run();
            Map<String, JsonValue> inputs = InputsFile.read(artifact, trees, builder::lastBuilt, budget);
            namespaces.add(planned, builder::lastBuilt);
            return new RenderedArtifact(
                    id,
                    built.tree(),
                    inputs,
                    revision(artifact, built.tree()),
                    originRevision(artifact),
                    built.provenance(),
                    null);
        } catch (InputsException e) {
            return RenderedArtifact.failed(id, "inputs failed: " + ErrorText.describe(e));
        } catch (IOException e) {
            return RenderedArtifact.failed(
                    id, OfflineBudget.describe(e) + linkNamedIn(e).orElse(""));
        }
    }

    /** The source of the inputs; null if they are in the artifact, or if there are none. */
    private static @Nullable String inputsSource(OutputArtifact artifact) {
        String inputs = artifact.inputsFrom();
        return inputs == null || inputs.startsWith("@" + FileReference.ARTIFACT + "/") ? null : inputs;
    }

    /** A hint if a path of the failed copy operation is a link, because links are excluded from sources. */
    private Optional<String> linkNamedIn(IOException problem) {
        if (!(problem instanceof BuildException failed)) {
            return Optional.empty();
        }
        String[] reference = failed.from().substring(1).split("/", 2);
        SourceTree source = sources.get(reference[0]);
        return source == null || reference.length < 2
                ? Optional.empty()
                : source.linkOnTheWayTo(reference[1])
                        .map(
                                "; \"%s\" is a symbolic link, and links are excluded from sources; use its target"
                                        ::formatted);
    }

    /** The error of the first missing source in these references. */
    private Optional<String> missingIn(Stream<String> references) {
        return references
                .map(reference -> reference.split("/", 2)[0].replaceFirst("^@", ""))
                .map(missing::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private String revision(OutputArtifact artifact, FileTree tree) {
        SourceTree source = source(artifact.revisionAlias());
        return source == null ? "latest@" + tree.contentHash() : source.revision();
    }

    private @Nullable String originRevision(OutputArtifact artifact) {
        SourceTree source = source(artifact.originRevisionAlias());
        return source == null ? null : source.revision();
    }

    private @Nullable SourceTree source(Optional<String> alias) {
        return alias.map(sources::get).orElse(null);
    }
}
