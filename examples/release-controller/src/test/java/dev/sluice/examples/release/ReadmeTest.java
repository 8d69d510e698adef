package dev.sluice.examples.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code and the manifests in the README match the files. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/sluice/examples/release");
    private static final Pattern CODE =
            Pattern.compile("<!-- code: (\\S+) (\\S+) -->\n```java\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->\n```yaml\n(.*?)\n```", Pattern.DOTALL);

    record Snippet(String source, String text, String expected) {

        @Override
        public String toString() {
            return source;
        }
    }

    private static Stream<Snippet> matches(Pattern pattern, java.util.function.Function<MatchResult, Snippet> snippet)
            throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(README));
        return matcher.results().map(snippet);
    }

    static Stream<Snippet> snippets() throws IOException {
        return Stream.concat(
                matches(
                        CODE,
                        found -> new Snippet(
                                found.group(1) + " " + found.group(2),
                                found.group(3),
                                region(found.group(1), found.group(2)))),
                matches(
                        FILE,
                        found -> new Snippet(
                                found.group(1),
                                found.group(2),
                                text(Path.of(found.group(1))).strip())));
    }

    private static String region(String file, String name) {
        Matcher region = Pattern.compile("// region " + name + "\n(.*?)\n *// endregion", Pattern.DOTALL)
                .matcher(text(SOURCES.resolve(file)));
        assertThat(region.find()).as("region %s of %s", name, file).isTrue();
        return region.group(1).stripIndent().strip();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void snippetsMatchFiles(Snippet snippet) {
        assertThat(snippet.text).isEqualTo(snippet.expected);
    }

    @Test
    void allSnippetsAreChecked() throws IOException {
        assertThat(snippets()).hasSizeGreaterThan(10);
        String unchecked = FILE.matcher(CODE.matcher(Files.readString(README)).replaceAll(""))
                .replaceAll("");
        assertThat(unchecked).doesNotContain("```java", "```yaml", "<!-- code", "<!-- file");
    }

    @Test
    void linkedFilesExist() throws IOException {
        List<String> links = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)")
                .matcher(Files.readString(README))
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Path.of(link)).exists());
    }
}
