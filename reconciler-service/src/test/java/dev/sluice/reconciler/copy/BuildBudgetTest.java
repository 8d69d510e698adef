package dev.sluice.reconciler.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the budget that a build takes, and the errors at its limits. */
class BuildBudgetTest {

    private static final FileTree TEN_FILES =
            Trees.of(IntStream.range(0, 10).mapToObj(i -> "d/f" + i).toList());

    @Test
    void countsEveryCopiedEntryIncludingRepetitions() {
        BudgetLimits limits = BudgetLimits.defaults().withRun(100, 10, 1 << 20, 1 << 20);
        List<CopyOperation> copies = Collections.nCopies(20, copy("@s/d/**", "@artifact/same/"));

        assertThatThrownBy(() -> build(limits, copies, TEN_FILES))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("artifact 'app' exceeds a limit: 101 copied files and directories")
                .hasMessageContaining("--run-max-copied-entries allows 100");
    }

    @Test
    void countsTheContentOfAnArtifact() {
        BudgetLimits limits = BudgetLimits.defaults().withRun(100, 10, 39, 1 << 20);

        assertThatThrownBy(() -> build(limits, List.of(copy("@s/d/**", "@artifact/")), TEN_FILES))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("artifact 'app' exceeds a limit: 40 bytes of generated content")
                .hasMessageContaining("--run-max-output-bytes allows 39");
    }

    @Test
    void takesHeapForATreeBeforeItIsBuilt() {
        BudgetLimits limits = BudgetLimits.defaults().withHeapBytes(1 << 20);
        List<CopyOperation> copies = IntStream.range(0, 1000)
                .mapToObj(i -> copy("@s/d/**", "@artifact/" + i + "/"))
                .toList();

        assertThatThrownBy(() -> build(limits, copies, TEN_FILES))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("artifact 'app' exceeds a limit")
                .hasMessageContaining("--heap-budget allows");
    }

    @Test
    void takesHeapForPatternsBeforeTheyAreCompiled() {
        BudgetLimits limits = BudgetLimits.defaults().withHeapBytes(1 << 20);
        CopyOperation operation =
                new CopyOperation("@s/d/**", "@artifact/", Collections.nCopies(100, "?".repeat(1000)), null, null);

        assertThatThrownBy(() -> build(limits, List.of(operation), TEN_FILES))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("--heap-budget allows");
    }

    @Test
    void takesTheHeapOfOneTreeAndReturnsItAtTheEnd() throws IOException {
        ProcessBudget process = new ProcessBudget(BudgetLimits.defaults());
        OutputArtifact artifact =
                new OutputArtifact("app", null, null, List.of(copy("@s/d/**", "@artifact/"), merge()));
        try (RunBudget run = process.open(new ObjectKey("tenant", "generator"))) {
            ArtifactBuilder builder = new ArtifactBuilder(CopyCase.IN_MEMORY, NO_TARBALLS, run);
            FileTree sources = Trees.of("d/a=x: 1", "d/b=y: 1");
            builder.buildPublishable(artifact, Map.of("s", sources), PublishedFiles.NONE);
            long one = process.heap().usedBytes();
            builder.buildPublishable(artifact, Map.of("s", sources), PublishedFiles.NONE);

            assertThat(process.heap().usedBytes()).isEqualTo(one).isPositive();
        }

        assertThat(process.heap().usedBytes()).isZero();
    }

    @Test
    void countsTheArtifactsOfAPathPatternBeforeRenderingThem() throws Exception {
        BudgetLimits limits = BudgetLimits.defaults().withRun(100, 19, 1 << 20, 1 << 20);
        FileTree tree =
                Trees.of(IntStream.range(0, 10).mapToObj(i -> "D" + i + "!/").toList());
        PathPattern pattern = PathPattern.parse("@s/{x}", Set.of("s"));
        List<OutputArtifact> templates = List.of(
                new OutputArtifact("{x}-a", null, null, List.of()), new OutputArtifact("{x}-b", null, null, List.of()));

        assertThatThrownBy(() -> pattern.expand(templated(templates), Map.of("s", tree), Budgets.of(limits)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("pathPattern \"@s/{x}\" exceeds a limit: 20 artifacts")
                .hasMessageContaining("--generator-max-artifacts allows 19");
    }

    @Test
    void takesHeapForRenderedArtifacts() throws Exception {
        BudgetLimits limits = BudgetLimits.defaults().withHeapBytes(1 << 20);
        FileTree tree =
                Trees.of(IntStream.range(0, 100).mapToObj(i -> "d" + i + "/").toList());
        PathPattern pattern = PathPattern.parse("@s/{x}", Set.of("s"));
        List<CopyOperation> copies = Collections.nCopies(100, copy("@s/" + "{x}".repeat(300), "@artifact/"));

        assertThatThrownBy(() -> pattern.expand(
                        templated(List.of(new OutputArtifact("{x}", null, null, copies))),
                        Map.of("s", tree),
                        Budgets.of(limits)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("--heap-budget allows");
    }

    private static ArtifactGenerator templated(List<OutputArtifact> templates) {
        return Samples.generator("gen", new ArtifactGeneratorSpec(List.of(), templates, "@s/{x}", null));
    }

    private static final TarballSource NO_TARBALLS = tarball -> {
        throw new IOException("no tarballs here");
    };

    private static FileTree build(BudgetLimits limits, List<CopyOperation> copies, FileTree source) throws IOException {
        OutputArtifact artifact = new OutputArtifact("app", null, null, copies);
        return new ArtifactBuilder(CopyCase.IN_MEMORY, NO_TARBALLS, Budgets.of(limits))
                .buildPublishable(artifact, Map.of("s", source), PublishedFiles.NONE);
    }

    private static CopyOperation copy(String from, String to) {
        return new CopyOperation(from, to, List.of(), null, null);
    }

    private static CopyOperation merge() {
        return new CopyOperation("@s/d/b", "@artifact/a", List.of(), "Merge", null);
    }
}
