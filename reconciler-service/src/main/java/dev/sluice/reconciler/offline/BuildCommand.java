package dev.sluice.reconciler.offline;

import dev.sluice.reconciler.copy.PublishedFiles;
import dev.sluice.reconciler.namespaces.NamespacePreview.Wanted;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.runtime.ErrorText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Renders all artifacts of a generator to a directory. */
@Command(
        name = "build",
        description = {
            "Renders an ArtifactGenerator on this machine, without a cluster.",
            "",
            "Writes what the controller would publish: the files of each artifact to DIR/<name>/, after Flux's"
                    + " default ignore rules and with executable bits, and its exported inputs to"
                    + " DIR/<name>@inputs.json. An artifact in another namespace is <name>@<namespace>. Writes the managed"
                    + " namespaces with their labels and annotations to DIR/<name>@namespace.json. Replaces the"
                    + " output of earlier runs in DIR."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0: all artifacts rendered", "2: at least one artifact failed; the others are rendered"},
        footerHeading = "%nExample:%n",
        footer = "  build -f generator.yaml --source repo=. --source chart=podinfo-6.7.0.tgz --output out")
final class BuildCommand implements OfflineCommand {

    @Mixin
    private RenderOptions options = new RenderOptions();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Output directory; created if missing.")
    private Path output = Path.of("");

    @Option(names = "--archive", description = "Also write DIR/<name>.tar.gz, byte-identical to the served file.")
    private boolean archive;

    @Option(
            names = "--explain",
            description =
                    "Show for each file the source and the copy operation that it comes from, and which files were"
                            + " overwritten, merged, excluded or ignored, and by which rule.")
    private boolean explain;

    @Override
    public RenderOptions options() {
        return options;
    }

    @Override
    public int run(Streams streams) throws IOException {
        List<BuildResult> results = new ArrayList<>();
        List<Wanted> namespaces;
        ProvenanceReport provenance;
        try (Session session = Session.open(streams.progress())) {
            Renderer renderer = session.renderer(options, streams.in(), Set.of(output));
            requireOutsideSources();
            List<PlannedArtifact> planned = renderer.plan();
            OutputDirectory directory = OutputDirectory.open(output);
            for (PlannedArtifact artifact : planned) {
                streams.progress()
                        .show("rendering %d of %d: %s"
                                .formatted(
                                        results.size() + 1,
                                        planned.size(),
                                        artifact.artifact().name()));
                results.add(write(render(renderer, artifact), directory));
            }
            namespaces = renderer.namespaces().wanted();
            for (Wanted namespace : namespaces) {
                directory.writeNamespace(namespace);
            }
            directory.removeOthers();
            provenance = new ProvenanceReport(renderer.generator(), renderer.revisions());
        }
        streams.progress().clear();
        new BuildReport(results, namespaces, explain ? provenance : null).print(streams, options.format);
        boolean failed = results.stream().anyMatch(BuildResult::failed)
                || namespaces.stream().anyMatch(namespace -> namespace.error() != null);
        return failed ? ExitCode.ERRORS : ExitCode.FINE;
    }

    private RenderedArtifact render(Renderer renderer, PlannedArtifact artifact) {
        return explain ? renderer.explain(artifact) : renderer.render(artifact, PublishedFiles.NONE);
    }

    /** Rejects an output directory that is a source, because the next run would read its own output. */
    private void requireOutsideSources() throws IOException {
        for (Map.Entry<String, Path> source : options.sources.entrySet()) {
            if (Files.exists(output) && Files.isSameFile(output, source.getValue())) {
                throw new OfflineException(
                        "--output \"%s\" is the directory of source \"%s\"; choose another one, for example \"%s\""
                                .formatted(output, source.getKey(), output.resolve("out")));
            }
        }
    }

    private BuildResult write(RenderedArtifact artifact, OutputDirectory directory) {
        if (artifact.failed()) {
            return new BuildResult(artifact, null);
        }
        try {
            directory.writeTree(artifact);
            directory.writeInputs(artifact);
            return new BuildResult(artifact, archive(artifact, directory));
        } catch (IOException e) {
            return new BuildResult(RenderedArtifact.failed(artifact.id(), ErrorText.describe(e)), null);
        }
    }

    private PublishedFile archive(RenderedArtifact artifact, OutputDirectory directory) throws IOException {
        return archive
                ? directory.writeArchive(artifact)
                : PublishedFile.write(artifact.tree(), OutputStream.nullOutputStream());
    }
}
