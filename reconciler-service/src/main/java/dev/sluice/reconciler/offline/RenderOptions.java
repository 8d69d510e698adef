package dev.sluice.reconciler.offline;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of both commands. */
final class RenderOptions {

    enum Format {
        table,
        json
    }

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE",
            description = "YAML file with the ArtifactGenerator, or - for standard input. Includes the items of lists;"
                    + " skips other kinds.")
    Path file = Path.of("");

    @Option(
            names = "--generator",
            paramLabel = "NAME",
            description = "Name of the generator, if the file contains several.")
    @Nullable
    String generator;

    @Option(
            names = "--source",
            required = true,
            paramLabel = "ALIAS=PATH",
            description = {
                "Directory or .tar.gz to use as a source; required for each alias in spec.sources.",
                "A directory is used without .git, links, files that its .sourceignore files exclude, and"
                        + " the output of build below it."
            })
    Map<String, Path> sources = Map.of();

    @Option(
            names = "--default-ignores",
            description = "Exclude from directories without .sourceignore what source-controller excludes from Git"
                    + " repositories and buckets: pictures, archives, CI files.")
    boolean defaultIgnores;

    @Option(
            names = "--revision",
            paramLabel = "ALIAS=VALUE",
            description = "Revision of a source, such as main@sha1:…; default: local@sha256:<content hash>.")
    Map<String, String> revisions = Map.of();

    @Option(
            names = {"-o", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "Output format: table or json (default: ${DEFAULT-VALUE}).")
    Format format = Format.table;

    Optional<String> generatorName() {
        return Optional.ofNullable(generator);
    }
}
