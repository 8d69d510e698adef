package dev.sluice.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Flux's CLI, controllers and flux-operator from {@code SLUICE_FLUX}, which {@code .ci/flux.sh} builds. */
record FluxTools(Path directory) {

    /** Skips the test, with a line on standard output, if they are not available. */
    static FluxTools orSkip() {
        FluxTools tools = new FluxTools(Path.of(System.getenv().getOrDefault("SLUICE_FLUX", "")));
        if (!Stream.of(tools.cli(), tools.kustomizeController(), tools.operator())
                .allMatch(Files::isExecutable)) {
            System.out.println("SLUICE_FLUX is not set; Flux's tools are not tested with Sluice");
            Assumptions.abort("SLUICE_FLUX is not set; set it to the output of .ci/flux.sh");
        }
        return tools;
    }

    Path cli() {
        return directory.resolve("flux");
    }

    Path kustomizeController() {
        return directory.resolve("kustomize-controller");
    }

    /** Skips the test, with a line on standard output, if the directory does not have it. */
    Path sourceControllerOrSkip() {
        Path program = directory.resolve("source-controller");
        if (!Files.isExecutable(program)) {
            System.out.println("SLUICE_FLUX has no source-controller; it is not tested with Sluice");
            Assumptions.abort("SLUICE_FLUX has no source-controller; set it to the output of .ci/flux.sh");
        }
        return program;
    }

    /** The CRD of Kustomization of that kustomize-controller. */
    Path definition() {
        return directory.resolve("kustomizations.yaml");
    }

    Path operator() {
        return directory.resolve("flux-operator");
    }

    /** The CRDs of flux-operator. */
    Path operatorDefinitions() {
        return directory.resolve("flux-operator.yaml");
    }

    Tool.Result flux(RealCluster cluster, String namespace, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(cli().toString(), "--kubeconfig", cluster.kubeconfig().toString(), "--namespace", namespace));
        command.addAll(List.of(arguments));
        return Tool.run(command);
    }
}
