package dev.sluice.deploy;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The helm binary from {@code SLUICE_HELM}, which {@code .ci/helm.sh} builds, or from the PATH. */
final class Helm {

    static final String NAMESPACE = "flux-system";

    /** The values that have no default; a file of values must have them itself. */
    static final List<String> IMAGES = List.of(
            "--set=reconciler.image=registry.example.com/sluice/reconciler-service",
            "--set=artifactServer.image=registry.example.com/sluice/artifact-server-service");

    private static final Map<List<String>, Tool.Result> RENDERED = new ConcurrentHashMap<>();

    private final String program;

    private Helm(String program) {
        this.program = program;
    }

    /** Skips the test, with a line on standard output, if there is no helm. */
    static Helm orSkip() {
        Optional<String> found = Optional.ofNullable(System.getenv("SLUICE_HELM"))
                .filter(path -> !path.isBlank())
                .or(() -> Optional.of("helm").filter(Tool::isAvailable));
        if (found.isEmpty()) {
            System.out.println("no helm found (SLUICE_HELM or PATH); the chart is not tested");
            Assumptions.abort("no helm found; set SLUICE_HELM to the output of .ci/helm.sh");
        }
        return new Helm(found.get());
    }

    /** A path, or a command name on the PATH. */
    String program() {
        return program;
    }

    Tool.Result run(String... arguments) {
        return Tool.run(Stream.concat(Stream.of(program), Stream.of(arguments)).toList());
    }

    Tool.Result lint(List<String> arguments) {
        return run(concat(concat(List.of("lint", "--strict", Repository.CHART.toString()), IMAGES), arguments)
                .toArray(String[]::new));
    }

    /** Renders the chart as release sluice in Flux's namespace. */
    Rendered template(String... arguments) {
        return template(List.of(arguments));
    }

    Rendered template(List<String> arguments) {
        return new Rendered(Manifest.parse(tryTemplate(arguments).orFail().output()));
    }

    /** Renders the chart as a release of the given name. */
    Rendered template(String release, List<String> arguments) {
        return new Rendered(
                Manifest.parse(tryTemplate(release, arguments).orFail().output()));
    }

    Tool.Result tryTemplate(List<String> arguments) {
        return tryTemplate("sluice", arguments);
    }

    private Tool.Result tryTemplate(String release, List<String> arguments) {
        List<String> base = List.of(
                "template", release, Repository.CHART.toString(), "--namespace", NAMESPACE, "--kube-version", "1.35.0");
        // cached, because the chart does not change during the tests and many tests render the same values
        List<String> images = arguments.contains("--values") ? List.of() : IMAGES;
        return RENDERED.computeIfAbsent(
                concat(concat(base, images), arguments), all -> run(all.toArray(String[]::new)));
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The objects of a rendered chart. */
    record Rendered(List<Manifest> manifests) {

        Optional<Manifest> find(String kind, String name) {
            return manifests.stream()
                    .filter(manifest ->
                            manifest.kind().equals(kind) && manifest.name().equals(name))
                    .findFirst();
        }

        Manifest get(String kind, String name) {
            return find(kind, name)
                    .orElseThrow(() -> new NoSuchElementException(kind + "/" + name + " is not in " + manifests));
        }

        List<Manifest> rolesOfReconcilers() {
            return manifests.stream()
                    .filter(manifest -> manifest.kind().endsWith("Role"))
                    .filter(manifest -> manifest.name().contains("-reconciler"))
                    .toList();
        }

        List<Manifest> of(String kind) {
            return manifests.stream()
                    .filter(manifest -> manifest.kind().equals(kind))
                    .toList();
        }
    }
}
