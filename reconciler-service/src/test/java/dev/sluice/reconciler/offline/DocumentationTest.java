package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of the user documentation, and those of Flux's. */
class DocumentationTest {

    private static final String FLUX = "flux-2.10-examples.md";
    private static final Map<String, Path> PAGES = Map.of(
            "artifact-generator.md",
            Path.of("../docs/artifact-generator.md"),
            "exported-inputs.md",
            Path.of("../docs/exported-inputs.md"),
            FLUX,
            Path.of("src/test/resources/dev/sluice/reconciler", FLUX));

    @TempDir
    Path directory = Path.of("");

    @TestFactory
    Stream<DynamicTest> examplesProduceTheDocumentedResults() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String page : PAGES.keySet()) {
            for (DocumentedExample example : examples(page)) {
                tests.add(DynamicTest.dynamicTest(
                        page + ", " + example.title(), () -> example.check(workspace(page, example))));
            }
        }
        return tests.stream();
    }

    @Test
    void thePagesHaveExamples() throws IOException {
        assertThat(examples("artifact-generator.md")).hasSizeGreaterThanOrEqualTo(14);
        assertThat(examples("exported-inputs.md")).hasSize(1);
        assertThat(examples(FLUX)).hasSize(12);
    }

    private Workspace workspace(String page, DocumentedExample example) throws IOException {
        return new Workspace(Files.createDirectory(directory.resolve(page + "-" + example.line())));
    }

    private static List<DocumentedExample> examples(String page) throws IOException {
        return DocumentedExample.read(Files.readAllLines(PAGES.get(page)));
    }
}
