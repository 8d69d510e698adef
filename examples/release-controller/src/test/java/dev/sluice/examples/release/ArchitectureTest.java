package dev.sluice.examples.release;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The example needs only the libraries. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sluice.examples.release");

    @Test
    void needsNeitherSpringNorServices() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "dev.sluice.reconciler..",
                        "dev.sluice.server..",
                        "dev.sluice.runtime..",
                        "dev.sluice.kubeapi..",
                        "dev.sluice.kubetest..")
                .check(CLASSES);
    }

    @Test
    void hasNoPackageCycles() {
        slices().matching("dev.sluice.examples.release.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
