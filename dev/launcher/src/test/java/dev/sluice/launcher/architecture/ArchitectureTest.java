package dev.sluice.launcher.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Architecture rules for all modules. They are here because this module is built last and sees all others. */
class ArchitectureTest {

    /** Classes of the Kubernetes client that the reconciler replaces; see docs/adr/0012. */
    private static final Set<String> REPLACED = Set.of(
            "io.kubernetes.client.openapi.JSON",
            "io.kubernetes.client.util.credentials.ClientCertificateAuthentication");

    static List<Module> modules() {
        return Module.all();
    }

    static Stream<Module> modulesWithoutKubernetesClient() {
        Set<String> without = Set.of(Module.SDK, Module.RUNTIME, Module.SERVER);
        return modules().stream().filter(module -> without.contains(module.rootPackage()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void usesOwnRootPackage(Module module) {
        classes()
                .that(describe("do not replace those of a library", type -> !REPLACED.contains(type.getName())))
                .should()
                .resideInAPackage(module.rootPackage() + "..")
                .because("a package name must identify its module")
                .check(module.production());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void dependsOnlyOnLowerModules(Module module) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module.forbidden())
                .because("the order is services, controller and service-runtime, toolkit-api, artifact-sdk")
                .check(module.production());
    }

    @ParameterizedTest
    @MethodSource("modulesWithoutKubernetesClient")
    void hasNoKubernetesClient(Module module) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.kubernetes..")
                .because("the artifact server and users of trees and archives alone do not need the client")
                .check(module.production());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void hasNoPackageCycles(Module module) {
        slices().assignedFrom(new Packages())
                .should()
                .beFreeOfCycles()
                .because("packages in a cycle cannot be understood or moved separately")
                .check(module.production());
    }

    /** But for the toolkit's types, which are named as in Flux, where two packages have a Snapshot. */
    @Test
    void hasUniqueSimpleClassNames() {
        Map<String, List<String>> classesByName = modules().stream()
                .flatMap(module -> module.production().stream())
                .filter(type -> !type.isNestedClass() && !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));
        classesByName.values().removeIf(names -> names.size() == 1);
        classesByName.values().removeIf(names -> names.stream().allMatch(name -> name.startsWith(Module.TOOLKIT)));

        assertThat(classesByName).isEmpty();
    }

    static Stream<Module> reconciler() {
        return modules().stream().filter(module -> module.rootPackage().equals(Module.RECONCILER));
    }

    @ParameterizedTest
    @MethodSource("reconciler")
    void hasTheReconcileFlowOnTop(Module module) {
        String flow = module.rootPackage() + ".generator";
        noClasses()
                .that()
                .resideOutsideOfPackages(module.rootPackage(), flow)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(flow)
                .because("only the wiring depends on the reconcile flow; code shared with volume maintenance is below")
                .check(module.production());
    }

    @ParameterizedTest
    @MethodSource("reconciler")
    void hasTheConsoleOnTop(Module module) {
        String console = module.rootPackage() + ".console";
        noClasses()
                .that()
                .resideOutsideOfPackages(module.rootPackage(), console)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(console)
                .because("nothing of the console is loaded while it is off")
                .check(module.production());
    }

    /** They are excluded in its POM. */
    @Test
    void theArtifactServerNeedsNoLibraryThatItsImageLacks() {
        noClasses()
                .that()
                .resideInAnyPackage(Module.SERVER + "..", Module.RUNTIME + "..")
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jgit..", "org.apache.commons.compress..")
                .check(Module.production(Set.of(Module.SERVER, Module.RUNTIME, Module.SDK)));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void testsDoNotSleep(Module module) {
        noClasses()
                .should()
                .callMethodWhere(target(name("sleep"))
                        .and(target(owner(describe(
                                "Thread or TimeUnit",
                                type -> type.isAssignableTo("java.lang.Thread")
                                        || type.getName().equals("java.util.concurrent.TimeUnit"))))))
                .because("sleeping tests are slow on fast machines and fail on slow ones; use Awaitility")
                .check(module.tests());
    }

    static Stream<Module> modulesWithoutSpring() {
        return modules().stream().filter(module -> module.rootPackage().equals(Module.SDK));
    }

    @ParameterizedTest
    @MethodSource("modulesWithoutSpring")
    void hasNoSpring(Module module) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .because("the SDK is a library for any application")
                .check(module.production());
    }

    /** Makes every package a slice, including the root package of a module. */
    private static final class Packages implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
