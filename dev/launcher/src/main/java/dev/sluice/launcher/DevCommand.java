package dev.sluice.launcher;

import dev.sluice.launcher.source.LocalSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code ./sluice dev}. */
@Command(
        name = "sluice dev",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        description = {
            "Builds and serves Flux artifacts from local directories. Runs an in-memory",
            "Kubernetes API, the reconciler and the artifact server until Ctrl-C."
        },
        footer = {
            "",
            "Examples:",
            "  ./sluice dev                                          run the examples of the repository",
            "  ./sluice dev --source app=./deploy -f generator.yaml  use your own directory and generator",
            "  ./sluice dev --source app=./deploy --data ./state     keep state across restarts",
            "",
            "Each source becomes a GitRepository in the namespace default. .sourceignore files are honoured."
        })
final class DevCommand implements Callable<Integer> {

    @Option(
            names = "--source",
            paramLabel = "NAME=DIR",
            description = "Publish a directory as GitRepository default/NAME. Repeatable.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Apply the objects of a YAML file, or of all YAML files in a directory. Repeatable.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Store artifacts and objects here. Default: a temporary directory, removed at exit.")
    private @Nullable Path data;

    @Option(names = "--api-port", paramLabel = "PORT", defaultValue = "8001", description = PORT + "Kubernetes API.")
    private int apiPort;

    @Option(names = "--artifact-port", paramLabel = "PORT", defaultValue = "9090", description = PORT + "artifacts.")
    private int artifactPort;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = PORT + "reconciler's metrics.")
    private int metricsPort;

    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            defaultValue = "9440",
            description = PORT + "reconciler's health.")
    private int healthPort;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "8082",
            description = PORT + "artifact server's health and metrics.")
    private int managementPort;

    @Option(
            names = "--console-port",
            paramLabel = "PORT",
            defaultValue = "9480",
            description = PORT + "reconciler's web console.")
    private int consolePort;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "[${DEFAULT-VALUE}] Log level of the services: trace, debug, info or error.")
    private String logLevel = "info";

    @Spec
    private @Nullable CommandSpec spec;

    private static final String PORT = "[${DEFAULT-VALUE}] Port of the ";

    @Override
    public Integer call() throws Exception {
        return new Dev(options()).run();
    }

    private DevOptions options() {
        try {
            List<LocalSource> local = sources.stream().map(LocalSource::parse).toList();
            Ports ports = new Ports(apiPort, artifactPort, metricsPort, healthPort, managementPort, consolePort);
            boolean examples = local.isEmpty() && files.isEmpty();
            return examples
                    ? Examples.options(ports, data, logLevel)
                    : new DevOptions(local, files, data, ports, logLevel);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
