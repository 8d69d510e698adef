package dev.sluice.reconciler.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.copy.Provenance.LeftOut;
import dev.sluice.reconciler.copy.Provenance.Origin;
import dev.sluice.reconciler.copy.Provenance.Step;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the provenance of each strategy. A tarball here is a file with the lines of its tree, separated by commas. */
class ProvenanceTest {

    private static final TarballSource TARBALLS =
            tarball -> Trees.of(Trees.text(tarball).split(","));

    /** One line for each file, as {@code path < step, step (overwritten)}, and for each file that was not copied. */
    record Case(String name, List<String> source, List<CopyOperation> copy, List<String> expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> strategies() {
        return Stream.of(
                new Case(
                        "a path, a directory and a glob",
                        List.of("a", "d/b", "e/x/c", "e/x.txt"),
                        List.of(
                                overwrite("@s/a", "@artifact/z"),
                                overwrite("@s/d", "@artifact/"),
                                overwrite("@s/e/*", "@artifact/g/")),
                        List.of(
                                "d/b < COPIED 1 s:d/b",
                                "g/e/x/c < COPIED 2 s:e/x/c",
                                "g/e/x.txt < COPIED 2 s:e/x.txt",
                                "z < COPIED 0 s:a")),
                new Case(
                        "a later operation overwrites",
                        List.of("a=1", "b=2", "c=3"),
                        List.of(
                                overwrite("@s/a", "@artifact/f"),
                                overwrite("@s/b", "@artifact/f"),
                                overwrite("@t/c", "@artifact/f")),
                        List.of("f < COPIED 2 t:c (COPIED 0 s:a, COPIED 1 s:b)")),
                new Case(
                        "merged values come from each file",
                        List.of("a=x: 1", "b=y: 2", "c=z: 3"),
                        List.of(
                                operation("@s/a", "@artifact/v", "Merge"),
                                operation("@s/b", "@artifact/v", "Merge"),
                                operation("@t/c", "@artifact/v", "Merge")),
                        List.of("v < COPIED 0 s:a, MERGED 1 s:b, MERGED 2 t:c")),
                new Case(
                        "a file replaces merged ones",
                        List.of("a=x: 1", "b=y: 2", "c=z: 3"),
                        List.of(
                                overwrite("@s/a", "@artifact/v"),
                                operation("@s/b", "@artifact/v", "Merge"),
                                overwrite("@s/c", "@artifact/v"),
                                operation("@s/b", "@artifact/v", "Merge")),
                        List.of("v < COPIED 2 s:c, MERGED 3 s:b (COPIED 0 s:a, MERGED 1 s:b)")),
                new Case(
                        "files of a tarball",
                        List.of("p.tgz=a=1,b/c=2", "a=0", "readme"),
                        List.of(overwrite("@s/a", "@artifact/a"), operation("@s/**", "@artifact/", "Extract")),
                        List.of(
                                "a < EXTRACTED 1 s:p.tgz!a (COPIED 0 s:a)",
                                "b/c < EXTRACTED 1 s:p.tgz!b/c",
                                "1 left out s:a: null",
                                "1 left out s:readme: null")),
                new Case(
                        "excluded files and directories",
                        List.of("d/a", "d/b.md", "d/e/f", "x.md"),
                        List.of(
                                new CopyOperation("@s/d", "@artifact/", List.of("*.md", "e"), null, null),
                                new CopyOperation("@s/x.md", "@artifact/", List.of("**/y", "x.*"), null, null)),
                        List.of(
                                "d/a < COPIED 0 s:d/a",
                                "0 left out s:d/b.md: *.md",
                                "0 left out s:d/e/: e",
                                "1 left out s:x.md: x.*")),
                new Case(
                        "the default ignore rules",
                        List.of("a", "logo.png", ".github/ci", ".git/HEAD"),
                        List.of(overwrite("@s/", "@artifact/")),
                        List.of(
                                "a < COPIED 0 s:a",
                                "ignored by .git/: .git/HEAD < COPIED 0 s:.git/HEAD",
                                "ignored by .github/: .github/ci < COPIED 0 s:.github/ci",
                                "ignored by *.png: logo.png < COPIED 0 s:logo.png")),
                new Case(
                        "optional operations that copy nothing",
                        List.of("a", "b.md"),
                        List.of(
                                new CopyOperation("@s/none", "@artifact/", List.of(), null, true),
                                new CopyOperation("@s/*.md", "@artifact/", List.of("b*"), null, true)),
                        List.of(
                                "1 left out s:b.md: b*",
                                "0: path \"none\" does not exist in source \"s\"",
                                "1: everything that matches \"*.md\" is excluded in source \"s\"")));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void tellsWhereEachFileComesFrom(Case rule) throws IOException {
        OutputArtifact artifact = new OutputArtifact("artifact", null, null, rule.copy);
        FileTree source = Trees.of(rule.source);
        Map<String, FileTree> sources = Map.of("s", source, "t", source);
        ArtifactBuilder builder = new ArtifactBuilder(CopyCase.IN_MEMORY, TARBALLS, Budgets.defaults());

        ExplainedTree explained = builder.explain(artifact, sources);

        assertThat(lines(explained.provenance())).containsExactlyElementsOf(rule.expected);
        assertThat(explained.tree()).isEqualTo(builder.buildPublishable(artifact, sources, PublishedFiles.NONE));
        assertThat(explained.provenance().files().stream().map(Origin::path))
                .containsExactlyElementsOf(explained.tree().nodes().stream()
                        .filter(FileTree.Node::isFile)
                        .map(FileTree.Node::path)
                        .toList());
    }

    @Test
    void countsAgainstTheHeapOfTheRun() {
        List<String> files =
                IntStream.range(0, 10_000).mapToObj(i -> "f%05d=".formatted(i)).toList();
        OutputArtifact artifact = new OutputArtifact(
                "artifact", null, null, List.of(new CopyOperation("@s/", "@artifact/", List.of("f*"), null, null)));
        ArtifactBuilder builder = new ArtifactBuilder(
                CopyCase.IN_MEMORY, TARBALLS, Budgets.of(BudgetLimits.defaults().withHeapBytes(2 << 20)));

        assertThatThrownBy(() -> builder.explain(artifact, Map.of("s", Trees.of(files))))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("artifact 'artifact'");
    }

    private static List<String> lines(Provenance provenance) {
        return Stream.of(
                        provenance.files().stream().map(ProvenanceTest::line),
                        provenance.ignored().stream()
                                .map(ignored -> "ignored by %s: %s".formatted(ignored.pattern(), line(ignored.file()))),
                        provenance.leftOut().stream().map(ProvenanceTest::line),
                        provenance.nothing().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(nothing -> nothing.getKey() + ": " + nothing.getValue()))
                .flatMap(lines -> lines)
                .toList();
    }

    private static String line(Origin file) {
        String overwritten = file.overwritten().isEmpty() ? "" : " (%s)".formatted(steps(file.overwritten()));
        return "%s < %s%s".formatted(file.path(), steps(file.current()), overwritten);
    }

    private static String steps(List<Step> steps) {
        return String.join(
                ", ",
                steps.stream()
                        .map(step -> "%s %d %s:%s%s"
                                .formatted(
                                        step.action(),
                                        step.operation(),
                                        step.alias(),
                                        step.from(),
                                        step.member() == null ? "" : "!" + step.member()))
                        .toList());
    }

    private static String line(LeftOut left) {
        return "%d left out %s:%s%s: %s"
                .formatted(left.operation(), left.alias(), left.from(), left.isDirectory() ? "/" : "", left.pattern());
    }

    private static CopyOperation overwrite(String from, String to) {
        return operation(from, to, null);
    }

    private static CopyOperation operation(String from, String to, @Nullable String strategy) {
        return new CopyOperation(from, to, List.of(), strategy, null);
    }
}
