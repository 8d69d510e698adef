package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of the user documentation. */
class DocumentationTest {

    private static final Path PAGE = Path.of("..", "docs", "artifact-generator.md");

    @TempDir
    Path directory = Path.of("");

    @TestFactory
    Stream<DynamicTest> examplesProduceTheDocumentedResults() throws IOException {
        return examples().stream()
                .map(example -> DynamicTest.dynamicTest(example.title(), () -> example.check(workspace(example))));
    }

    @Test
    void thePageHasExamples() throws IOException {
        assertThat(examples()).hasSizeGreaterThanOrEqualTo(14);
    }

    private Workspace workspace(DocumentedExample example) throws IOException {
        return new Workspace(Files.createDirectory(directory.resolve("example-" + example.line())));
    }

    private static List<DocumentedExample> examples() throws IOException {
        return DocumentedExample.read(Files.readAllLines(PAGE));
    }
}
