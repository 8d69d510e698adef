package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of the user documentation. */
class DocumentationTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final List<String> PAGES = List.of("artifact-generator.md", "exported-inputs.md");

    @TempDir
    Path directory = Path.of("");

    @TestFactory
    Stream<DynamicTest> examplesProduceTheDocumentedResults() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String page : PAGES) {
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
    }

    private Workspace workspace(String page, DocumentedExample example) throws IOException {
        return new Workspace(Files.createDirectory(directory.resolve(page + "-" + example.line())));
    }

    private static List<DocumentedExample> examples(String page) throws IOException {
        return DocumentedExample.read(Files.readAllLines(DOCS.resolve(page)));
    }
}
