package dev.sluice.reconciler.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a merged file keeps its published bytes if the values are equal. */
class PublishedYamlTest {

    /** Merged: {@code {a: 2, b: [x, "y"], c: {d: 1.5, e: null}, f: "2024-01-31"}}. */
    private static final FileTree SOURCE = Trees.of(
            "base=a: 1\nb: [x, \"y\"]\nc: {d: 1.5, e: null}\n",
            "prod=a: 2\nf: \"2024-01-31\"\n",
            "other=a: 2\n",
            "tree/z=1");

    private static final String OURS = "a: 2\nb:\n- x\n- \"y\"\nc:\n  d: 1.5\n  e: null\nf: \"2024-01-31\"\n";

    @Test
    void writesItsOwnBytesWithoutAPublishedArtifact() throws IOException {
        assertThat(text(build(PublishedFiles.NONE))).isEqualTo(OURS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 2\nb: [x, 'y']\nc: {d: 1.5, e: null}\nf: '2024-01-31'\n",
                "f: '2024-01-31'\nc:\n    e: ~\n    d: 1.50\nb:\n  - x\n  - 'y' # a comment\na: 2",
                "---\na: 0x2\nb: &l [x, \"\\x79\"]\nc: {d: 15e-1, e: }\nf: !!str 2024-01-31\n",
                "{\"a\":2,\"b\":[\"x\",\"y\"],\"c\":{\"d\":1.5,\"e\":null},\"f\":\"2024-01-31\"}"
            })
    void keepsTheBytesOfAFileWithEqualValues(String previous) throws IOException {
        assertThat(text(build(published("v.yaml=" + previous)))).isEqualTo(previous);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 3\nb: [x, \"y\"]\nc: {d: 1.5, e: null}\nf: \"2024-01-31\"\n",
                "a: \"2\"\nb: [x, \"y\"]\nc: {d: 1.5, e: null}\nf: \"2024-01-31\"\n",
                "a: 2\nb: [\"y\", x]\nc: {d: 1.5, e: null}\nf: \"2024-01-31\"\n",
                "a: 2\nb: [x, \"y\"]\nc: {d: 1.5}\nf: \"2024-01-31\"\n",
                "a: 2\nb: [x, \"y\"]\nc: {d: 1.5, e: null}\nf: \"2024-01-31\"\ng: 1\n",
                "a: 2\nb: [x, \"y\"]\nc: {d: 1.5, e: null}\n",
                "a: 2\nb: [x, \"y\"]\n---\nc: {d: 1.5, e: null}\nf: \"2024-01-31\"\n",
                "a: [",
                "- 1",
                "\u0000",
                ""
            })
    void replacesAFileWithOtherValues(String previous) throws IOException {
        assertThat(text(build(published("v.yaml=" + previous)))).isEqualTo(OURS);
    }

    @Test
    void ignoresTheOrderOfKeys() throws IOException {
        FileTree source = Trees.of("base=1g: 1\n22: 2\n", "prod=124: 3\n");
        String previous = "\"22\": 2\n\"124\": 3\n1g: 1\n";

        assertThat(text(build(
                        source, List.of(copy("base", null), copy("prod", "Merge")), published("v.yaml=" + previous))))
                .isEqualTo(previous);
    }

    @Test
    void distinguishesIntegersBeyondDoublePrecision() throws IOException {
        FileTree source = Trees.of("base=a: 9007199254740993\n", "prod=b: 1\n");

        assertThat(text(build(
                        source,
                        List.of(copy("base", null), copy("prod", "Merge")),
                        published("v.yaml=a: 9007199254740992\nb: 1\n"))))
                .isEqualTo("a: 9007199254740993\nb: 1\n");
    }

    @Test
    void comparesOnlyFilesMadeByMerge() throws IOException {
        List<Set<TreePath>> asked = new ArrayList<>();
        PublishedFiles previous = (built, merged) -> {
            asked.add(merged);
            return Optional.of(Trees.of("v.yaml={}", "copied.yaml=a: 0x2"));
        };

        build(SOURCE, List.of(copy("base", "Merge")), previous);
        build(SOURCE, List.of(copy("base", null), copy("prod", "Merge"), copy("other", null)), previous);
        assertThat(asked).isEmpty();

        build(SOURCE, List.of(copy("base", null), copy("prod", "Merge"), copy("other", "Merge")), previous);
        assertThat(asked).containsExactly(Set.of(TreePath.of("v.yaml")));
    }

    @Test
    void usesTheModeOfTheNewFile() throws IOException {
        FileTree built = build(published("*v.yaml=" + OURS.replace("- x", "- 'x'")));

        assertThat(Trees.lines(built)).contains("v.yaml=" + OURS.replace("- x", "- 'x'"));
    }

    @Test
    void excludesAFileThatTheDefaultFilterDrops() throws IOException {
        CopyOperation first = new CopyOperation("@s/base", "@artifact/v.zip", List.of(), null, null);
        CopyOperation second = new CopyOperation("@s/prod", "@artifact/v.zip", List.of(), "Merge", null);

        FileTree built = build(SOURCE, List.of(first, second), published("v.zip=a: 0x2"));

        assertThat(built.isEmpty()).isTrue();
    }

    @Test
    void replacesAPublishedFileThatExceedsALimit() throws IOException {
        String laughs = "a: &a [" + "x,".repeat(1000) + "]\nb: [" + "*a,".repeat(1000) + "]";

        assertThat(text(build(published("v.yaml=" + laughs)))).isEqualTo(OURS);
        assertThat(text(build(published("v.yaml=a: 2 #" + "x".repeat(11 << 20)))))
                .isEqualTo(OURS);
    }

    @Test
    void writesItsOwnBytesWithoutBudgetForTheComparison() throws IOException {
        BudgetLimits small = BudgetLimits.defaults().withHeapBytes(4 << 20);
        String previous = "# " + "x".repeat(1 << 20) + "\n" + OURS;

        try (RunBudget run = open(new ProcessBudget(small))) {
            assertThat(text(build(run, SOURCE, mergeTwo(), published("v.yaml=" + previous))))
                    .isEqualTo(OURS);
        }
        assertThat(text(build(published("v.yaml=" + previous)))).isEqualTo(previous);
    }

    @Test
    void returnsTheHeapOfTheComparison() throws IOException {
        assertThat(heapAfter(published("v.yaml=# c\n" + OURS)))
                .isEqualTo(heapAfter(PublishedFiles.NONE))
                .isPositive();
    }

    private static long heapAfter(PublishedFiles previous) throws IOException {
        ProcessBudget process = new ProcessBudget(BudgetLimits.defaults());
        try (RunBudget run = open(process)) {
            build(run, SOURCE, mergeTwo(), previous);
            return process.heap().usedBytes();
        }
    }

    @Test
    void countsRestoredContent() {
        BudgetLimits limits = BudgetLimits.defaults().withRun(100, 10, 1000, 1 << 20);

        assertThatThrownBy(() -> build(
                        Budgets.of(limits),
                        SOURCE,
                        mergeTwo(),
                        published("v.yaml=# " + "x".repeat(1000) + "\n" + OURS)))
                .hasMessageContaining("--run-max-output-bytes allows 1000");
    }

    @Test
    void waitsAndInterruptsEndTheBuild() {
        PublishedFiles interrupted = (built, merged) -> {
            throw new InterruptedIOException("stopped");
        };

        assertThatThrownBy(() -> build(interrupted)).isInstanceOf(InterruptedIOException.class);
    }

    private static PublishedFiles published(String... lines) {
        return (built, merged) -> Optional.of(Trees.of(lines));
    }

    private static List<CopyOperation> mergeTwo() {
        return List.of(copy("base", null), copy("prod", "Merge"));
    }

    private static FileTree build(PublishedFiles previous) throws IOException {
        return build(SOURCE, mergeTwo(), previous);
    }

    private static FileTree build(FileTree source, List<CopyOperation> copies, PublishedFiles previous)
            throws IOException {
        return build(Budgets.defaults(), source, copies, previous);
    }

    private static FileTree build(RunBudget run, FileTree source, List<CopyOperation> copies, PublishedFiles previous)
            throws IOException {
        return new ArtifactBuilder(
                        CopyCase.IN_MEMORY,
                        tarball -> {
                            throw new IOException("no tarballs here");
                        },
                        run)
                .buildPublishable(new OutputArtifact("app", null, null, copies), Map.of("s", source), previous);
    }

    private static RunBudget open(ProcessBudget process) {
        return process.open(new ObjectKey("tenant", "generator"));
    }

    private static CopyOperation copy(String from, @Nullable String strategy) {
        return new CopyOperation("@s/" + from, "@artifact/v.yaml", List.of(), strategy, null);
    }

    private static String text(FileTree tree) throws IOException {
        FileEntry file = (FileEntry) tree.get(TreePath.of("v.yaml")).orElseThrow();
        return new String(file.blob().readAll(12 << 20), StandardCharsets.UTF_8);
    }
}
