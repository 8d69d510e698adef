package dev.sluice.launcher.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Maven module and the modules that its production code may use.
 *
 * @param directory relative to the root of the repository
 */
record Module(String directory, String rootPackage, List<String> mayUse) {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    /** Without the bean definitions that Spring generates, also in its own packages. */
    private static final ClassFileImporter WRITTEN = new ClassFileImporter()
            .withImportOption(location -> !location.matches(Pattern.compile(".*__[^/]*[.]class")));

    static final String SDK = "dev.sluice.artifact";
    static final String TOOLKIT = "dev.sluice.toolkit";
    static final String CONTROLLER = "dev.sluice.controller";
    static final String RUNTIME = "dev.sluice.runtime";
    static final String RECONCILER = "dev.sluice.reconciler";
    static final String SERVER = "dev.sluice.server";
    static final String KUBE_API = "dev.sluice.kubeapi";
    static final String KUBE_TEST = "dev.sluice.kubetest";
    static final String LAUNCHER = "dev.sluice.launcher";

    static List<Module> all() {
        return List.of(
                new Module("shared-model/artifact-sdk", SDK, List.of()),
                new Module("shared-model/toolkit-api", TOOLKIT, List.of(SDK)),
                new Module("shared-model/controller", CONTROLLER, List.of(TOOLKIT, SDK)),
                new Module("shared-model/service-runtime", RUNTIME, List.of(SDK)),
                new Module("reconciler-service", RECONCILER, List.of(CONTROLLER, RUNTIME, TOOLKIT, SDK)),
                new Module("artifact-server-service", SERVER, List.of(RUNTIME, SDK)),
                new Module("dev/kube-api", KUBE_API, List.of()),
                new Module("dev/kube-test", KUBE_TEST, List.of(KUBE_API)),
                new Module("dev/launcher", LAUNCHER, List.of(KUBE_API, TOOLKIT, SDK)));
    }

    /** The classes of several modules, for rules about what is reachable through other modules. */
    static JavaClasses production(Set<String> rootPackages) {
        return WRITTEN.importPaths(all().stream()
                .filter(module -> rootPackages.contains(module.rootPackage()))
                .map(module -> module.compiled("classes"))
                .toList());
    }

    JavaClasses production() {
        return WRITTEN.importPath(compiled("classes"));
    }

    JavaClasses tests() {
        return new ClassFileImporter().importPath(compiled("test-classes"));
    }

    /** The packages of the modules that this module may not use. */
    String[] forbidden() {
        return all().stream()
                .map(Module::rootPackage)
                .filter(other -> !other.equals(rootPackage) && !mayUse.contains(other))
                .map(other -> other + "..")
                .toArray(String[]::new);
    }

    private Path compiled(String kind) {
        Path classes = REPOSITORY.resolve(directory).resolve("target").resolve(kind);
        if (!holdsClasses(classes)) {
            throw new IllegalStateException(
                    "no compiled classes in %s; build with -am to compile all modules".formatted(classes));
        }
        return classes;
    }

    private static boolean holdsClasses(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return directory;
    }
}
