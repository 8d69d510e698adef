package dev.sluice.reconciler.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests files that use disproportionate memory or time in a merge. */
@Timeout(120)
class HostileYamlTest {

    private static final long MEBIBYTE = 1 << 20;
    private static final BudgetLimits LIMITS = BudgetLimits.defaults().withHeapBytes(96 * MEBIBYTE);

    record Refused(String name, String yaml, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Merged(String name, String yaml) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Refused> refused() {
        String megabyte = "x ".repeat(1 << 19);
        return Stream.of(
                new Refused(
                        "a long text with many aliases",
                        "a: &a \"" + megabyte + "\"\nb: [" + "*a,".repeat(200) + "]",
                        "--merge-max-yaml-bytes allows 10485760"),
                new Refused(
                        "many aliases in many documents",
                        ("a: &a [" + "xxxx,".repeat(500) + "]\nb: [" + "*a,".repeat(100) + "]\n---\n").repeat(50),
                        "exceeds a limit"),
                new Refused(
                        "merge keys",
                        "a: &a {" + numbered("k%d: 1,", 2000) + "}\nb: [" + "{<<: *a},".repeat(100) + "]",
                        "the aliases expand to more than 100000 values; use fewer aliases"),
                new Refused(
                        "merge keys of one map",
                        "a: &a {" + numbered("k%d: 1,", 2000) + "}\nb: {" + "<<: *a, ".repeat(100) + "}",
                        "the aliases expand to more than 100000 values; use fewer aliases"),
                new Refused(
                        "levels of indentation",
                        "a: " + "[".repeat(250) + "x,".repeat(100_000) + "]".repeat(250),
                        "--merge-max-yaml-bytes allows 10485760"),
                new Refused("a flow list", "a: [" + "x,".repeat(2 << 20) + "]", "--heap-budget allows"),
                new Refused("keys", numbered("k%d: \n", 500_000), "--heap-budget allows"),
                new Refused("anchors", "a: [" + "&a x,".repeat(600_000) + "]", "--heap-budget allows"),
                new Refused(
                        "above the merge limit", "a: " + "x".repeat(11 << 20), "exceeds a limit: 11534339 bytes of"));
    }

    static Stream<Merged> merged() {
        return Stream.of(
                new Merged("one key in each document", numbered("k%d: 1\n---\n", 20_000)),
                new Merged("documents that are merged into one map", numbered("a: {k%d: 1}\n---\n", 20_000)),
                new Merged("only line breaks", "\n".repeat(1 << 20)),
                new Merged("only separators", "---\n".repeat(1 << 18)),
                new Merged("a comment", "a: 1 #" + "x".repeat(1 << 20)),
                new Merged("a number of a million digits", "a: " + "9".repeat(1_000_000)),
                new Merged("one long word", "a: " + "x".repeat(1 << 20)),
                new Merged(
                        "keys of many digits",
                        "? " + "1".repeat(200_000) + "x\n: 1\n? " + "1".repeat(200_001) + "x\n: 1"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void rejectsInputsAboveALimit(Refused given) {
        assertThatThrownBy(() -> merge(given.yaml)).hasMessageContaining(given.message);
    }

    @ParameterizedTest
    @MethodSource("merged")
    void mergesInLinearTime(Merged given) throws IOException {
        assertThat(merge(given.yaml).fileCount()).isEqualTo(1);
    }

    private static FileTree merge(String yaml) throws IOException {
        FileTree source = FileTree.builder()
                .putFile(TreePath.of("a"), FileEntry.of(false, "x: 1".getBytes(StandardCharsets.UTF_8)))
                .putFile(TreePath.of("b"), FileEntry.of(false, yaml.getBytes(StandardCharsets.UTF_8)))
                .build();
        OutputArtifact artifact =
                new OutputArtifact("app", null, null, List.of(copy("@s/a", null), copy("@s/b", "Merge")));
        ArtifactBuilder builder = new ArtifactBuilder(
                CopyCase.IN_MEMORY,
                tarball -> {
                    throw new IOException("no tarballs here");
                },
                Budgets.of(LIMITS));
        return builder.buildPublishable(artifact, Map.of("s", source), PublishedFiles.NONE);
    }

    private static CopyOperation copy(String from, @Nullable String strategy) {
        return new CopyOperation(from, "@artifact/v", List.of(), strategy, null);
    }

    private static String numbered(String format, int count) {
        StringBuilder text = new StringBuilder();
        String[] parts = format.split("%d", -1);
        for (int i = 0; i < count; i++) {
            text.append(parts[0]).append(i).append(parts[1]);
        }
        return text.toString();
    }
}
