package dev.sluice.examples.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code and the manifest in the README match the files. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/sluice/examples/watcher");
    private static final Pattern CODE = Pattern.compile("<!-- code: (\\S+) -->\n```java\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("<!-- file: (\\S+) -->\n```yaml\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// region \\S+\n(.*?)\n *// endregion", Pattern.DOTALL);

    private static List<MatchResult> inReadme(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(README)).results().toList();
    }

    @Test
    void codeMatchesProgram() throws IOException {
        assertThat(inReadme(CODE)).hasSize(2);
        for (MatchResult shown : inReadme(CODE)) {
            Matcher region = REGION.matcher(Files.readString(SOURCES.resolve(shown.group(1))));
            assertThat(region.find()).isTrue();
            assertThat(shown.group(2)).isEqualTo(region.group(1).stripIndent().strip());
        }
        assertThat(CODE.matcher(Files.readString(README)).replaceAll("")).doesNotContain("```java");
    }

    @Test
    void manifestMatchesTestedFile() throws IOException {
        assertThat(inReadme(FILE))
                .singleElement()
                .satisfies(shown -> assertThat(shown.group(2))
                        .isEqualTo(Files.readString(Path.of(shown.group(1))).strip()));
    }

    /** The tags in the README match the revisions in {@link GitRepositoryWatcherIT}. */
    @Test
    void tagsMatchRevisions() throws IOException {
        List<String> tags = inReadme(Pattern.compile("--tag=(\\S+)")).stream()
                .map(found -> found.group(1))
                .toList();

        assertThat(tags)
                .hasSize(2)
                .isEqualTo(GitRepositoryWatcherIT.REVISIONS.stream()
                        .map(revision -> revision.replaceFirst("@.*", ""))
                        .toList());
        assertThat(Files.readString(README)).contains(GitRepositoryWatcherIT.REVISIONS);
    }

    @Test
    void linkedFilesExist() throws IOException {
        assertThat(inReadme(Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)")))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Path.of(link.group(1))).exists());
    }
}
