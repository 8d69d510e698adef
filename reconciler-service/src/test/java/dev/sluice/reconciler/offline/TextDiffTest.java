package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the output of {@code diff} for a changed text file. */
class TextDiffTest {

    @TempDir
    private Path directory;

    record Case(String name, String before, String after, List<String> shown) {

        Case(String name, String before, String after, String... shown) {
            this(name, before, after, List.of(shown));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("CRLF now", "a\nb\n", "a\r\nb\r\n", "only line endings differ: CRLF, before LF"),
                new Case("LF now", "a\r\nb\r\n", "a\nb\n", "only line endings differ: LF, before CRLF"),
                new Case("some CRLF now", "a\nb\n", "a\r\nb\n", "only line endings differ: LF and CRLF, before LF"),
                new Case(
                        "no last newline now",
                        "a\nb\n",
                        "a\nb",
                        "only line endings differ: LF, no newline at the end, before LF"),
                new Case(
                        "a line and the last newline",
                        "a\nb\n",
                        "a\nc",
                        "@@ -1,2 +1,3 @@",
                        " a",
                        "-b",
                        "+c",
                        "+\\ No newline at end of file"),
                new Case("a return in one line", "a\nb\n", "a\r\nc\n", "@@ -1,2 +1,2 @@", "-a", "-b", "+a\\r", "+c"),
                new Case(
                        "control characters",
                        "a\n",
                        "\u001b[2J\u202eb\u0007\n",
                        "@@ -1,1 +1,1 @@",
                        "-a",
                        "+\\u001b[2J\\u202eb\\u0007"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shows(Case given) throws IOException {
        Workspace workspace =
                new Workspace(directory).file("src/f", given.before()).generator("""
                artifacts:
                - {name: all, copy: [{from: "@src/**", to: "@artifact/"}]}
                """);
        workspace.build();
        workspace.file("src/f", given.after());

        CommandRun run = workspace.diff();

        assertThat(run.exitCode()).isOne();
        assertThat(run.out().lines().skip(1).map(String::stripLeading))
                .containsExactlyElementsOf(
                        Stream.concat(Stream.of("M  f"), given.shown().stream().map(String::stripLeading))
                                .toList());
        assertThat(run.out().lines()).allMatch(line -> line.chars().noneMatch(c -> c < 32));
    }
}
