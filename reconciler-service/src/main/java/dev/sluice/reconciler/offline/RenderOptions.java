package dev.sluice.reconciler.offline;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What both commands need to know to render a generator. */
final class RenderOptions {

    enum Format {
        table,
        json
    }

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE",
            description = "YAML file with the ArtifactGenerator, or - for standard input; lists are looked into, other"
                    + " kinds are passed over.")
    Path file = Path.of("");

    @Option(names = "--generator", paramLabel = "NAME", description = "Which generator of the file, if it has several.")
    @Nullable
    String generator;

    @Option(
            names = "--source",
            required = true,
            paramLabel = "ALIAS=PATH",
            description = {
                "Directory or .tar.gz that stands for a source; once for each alias in spec.sources.",
                "A directory is taken as it is, but for .git, links, what its .sourceignore files exclude, and what"
                        + " build wrote below it."
            })
    Map<String, Path> sources = Map.of();

    @Option(
            names = "--default-ignores",
            description = "Leave out of directories what source-controller leaves out of Git repositories and buckets"
                    + " that have no .sourceignore: pictures, archives, CI files.")
    boolean defaultIgnores;

    @Option(
            names = "--revision",
            paramLabel = "ALIAS=VALUE",
            description = "Revision of a source, such as main@sha1:…; without it local@sha256:<content hash>.")
    Map<String, String> revisions = Map.of();

    @Option(
            names = {"-o", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json, on standard output (default: ${DEFAULT-VALUE}).")
    Format format = Format.table;

    Optional<String> generatorName() {
        return Optional.ofNullable(generator);
    }
}
