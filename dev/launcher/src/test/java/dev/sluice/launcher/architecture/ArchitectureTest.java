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

/** The rules of docs and design that a compiler does not know; this module is the last that is built, so it sees all. */
class ArchitectureTest {

    static List<Module> modules() {
        return Module.all();
    }

    static Stream<Module> modulesWithoutKubernetesClient() {
        Set<String> without = Set.of(Module.SDK, Module.RUNTIME, Module.SERVER);
        return modules().stream().filter(module -> without.contains(module.rootPackage()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void keepsToItsOwnRootPackage(Module module) {
        classes()
                .should()
                .resideInAPackage(module.rootPackage() + "..")
                .because("a package must tell the module that it is in")
                .check(module.production());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void usesOnlyModulesBelowIt(Module module) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module.forbidden())
                .because("services use controller and service-runtime, these toolkit-api, that artifact-sdk")
                .check(module.production());
    }

    @ParameterizedTest
    @MethodSource("modulesWithoutKubernetesClient")
    void carriesNoKubernetesClient(Module module) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.kubernetes..")
                .because("an artifact server, and who only wants trees and archives, must not carry the client")
                .check(module.production());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void hasNoPackageCycles(Module module) {
        slices().assignedFrom(new Packages())
                .should()
                .beFreeOfCycles()
                .because("a package that needs another one back cannot be read or moved alone")
                .check(module.production());
    }

    /** But for the toolkit's types, which are named as in Flux, where two packages have a Snapshot. */
    @Test
    void givesEachSimpleNameToOneClass() {
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
                .because("only the wiring knows the flow; what it shares with volume maintenance is below both")
                .check(module.production());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void waitsInTestsForConditionsAndNotForTime(Module module) {
        noClasses()
                .should()
                .callMethodWhere(target(name("sleep"))
                        .and(target(owner(describe(
                                "Thread or TimeUnit",
                                type -> type.isAssignableTo("java.lang.Thread")
                                        || type.getName().equals("java.util.concurrent.TimeUnit"))))))
                .because("a test that sleeps is slow on a fast machine and fails on a slow one: use Awaitility")
                .check(module.tests());
    }

    static Stream<Module> modulesWithoutSpring() {
        return modules().stream().filter(module -> module.rootPackage().equals(Module.SDK));
    }

    @ParameterizedTest
    @MethodSource("modulesWithoutSpring")
    void carriesNoSpring(Module module) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .because("the SDK is for any program")
                .check(module.production());
    }

    /** Every package is a slice, the root of a module too: what is below may not need it back. */
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
