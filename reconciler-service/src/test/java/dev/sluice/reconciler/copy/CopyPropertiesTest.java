package dev.sluice.reconciler.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Properties of arbitrary operations on arbitrary trees. */
class CopyPropertiesTest {

    private static final TarballSource NO_TARBALLS = tarball -> FileTree.empty();

    @Property(tries = 500)
    void builtFilesComeFromTheSource(@ForAll("trees") FileTree source, @ForAll("operations") List<CopyOperation> copy) {
        Set<Digest> known = contents(source);

        Optional<FileTree> result = build(source, copy);
        result.ifPresent(built -> assertThat(contents(built)).isSubsetOf(known));
        requireThatManyAreBuilt(result);
    }

    @Property(tries = 500)
    void operationsAreIdempotent(@ForAll("trees") FileTree source, @ForAll("operation") CopyOperation copy) {
        assertThat(build(source, List.of(copy, copy))).isEqualTo(build(source, List.of(copy)));
    }

    @Property(tries = 500)
    void theLastOperationOnAFileWins(
            @ForAll("trees") FileTree source,
            @ForAll("trees") FileTree last,
            @ForAll("operations") List<CopyOperation> first) {
        List<CopyOperation> copy = new ArrayList<>(first);
        copy.add(new CopyOperation("@last/", "@artifact/", List.of(), null, null));

        Optional<FileTree> result = buildFrom(Map.of("s", source, "last", last), copy);
        result.ifPresent(built -> assertThat(built.nodes()).containsAll(last.nodes()));
        requireThatManyAreBuilt(result);
    }

    @Property(tries = 1000)
    void arbitraryTextFailsOrStaysInsideTheArtifact(
            @ForAll("trees") FileTree source,
            @ForAll("texts") String from,
            @ForAll("texts") String to,
            @ForAll("texts") String exclude,
            @ForAll("strategies") String strategy) {
        CopyOperation copy = new CopyOperation("@s/" + from, "@artifact/" + to, List.of(exclude), strategy, null);

        Optional<FileTree> result = build(source, List.of(copy));
        result.ifPresent(built -> assertThat(contents(built)).isSubsetOf(contents(source)));
        requireThatManyAreBuilt(result);
    }

    @Property(tries = 300)
    void excludingEverythingRemovesNoExistingFiles(
            @ForAll("trees") FileTree source, @ForAll("operations") List<CopyOperation> copy) {
        List<CopyOperation> more = new ArrayList<>(copy);
        more.add(new CopyOperation("@s/**", "@artifact/x/", List.of("**"), null, true));

        assertThat(build(source, more)).isEqualTo(build(source, copy));
    }

    /** Failed builds do not test the content, so enough of the random builds must succeed. */
    private static void requireThatManyAreBuilt(Optional<FileTree> result) {
        Statistics.label("built")
                .collect(result.isPresent())
                .coverage(coverage -> coverage.check(true).percentage(percentage -> percentage > 10));
    }

    private static Optional<FileTree> build(FileTree source, List<CopyOperation> copy) {
        return buildFrom(Map.of("s", source), copy);
    }

    private static Optional<FileTree> buildFrom(Map<String, FileTree> sources, List<CopyOperation> copy) {
        try {
            ArtifactBuilder builder = new ArtifactBuilder(CopyCase.IN_MEMORY, NO_TARBALLS, Budgets.defaults());
            return Optional.of(builder.build(new OutputArtifact("artifact", null, null, copy), sources));
        } catch (BuildException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError("not a failure of an operation", e);
        }
    }

    private static Set<Digest> contents(FileTree tree) {
        return tree.nodes().stream()
                .map(FileTree.Node::entry)
                .filter(FileEntry.class::isInstance)
                .map(entry -> ((FileEntry) entry).sha256())
                .collect(Collectors.toSet());
    }

    @Provide
    Arbitrary<FileTree> trees() {
        Arbitrary<String> directories = Arbitraries.of("", "a/", "b/", "a/b/", "conf/", ".hidden/", "é/a/");
        Arbitrary<String> names = Arbitraries.of("f", "g.yaml", "h.md", "*run", "[x]", "x y");
        return Combinators.combine(directories, names)
                .as((directory, name) -> name.startsWith("*") ? "*" + directory + name.substring(1) : directory + name)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(Trees::of);
    }

    @Provide
    Arbitrary<List<CopyOperation>> operations() {
        return operation().list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<CopyOperation> operation() {
        Arbitrary<String> from = Arbitraries.of(
                "@s/",
                "@s/**",
                "@s/a",
                "@s/a/",
                "@s/*",
                "@s/a/**",
                "@s/*/*",
                "@s/[ab]/*",
                "@s/f",
                "@s/a/f",
                "@s/conf/*.yaml");
        Arbitrary<String> to =
                Arbitraries.of("@artifact/", "@artifact/x", "@artifact/x/", "@artifact/a/b/", "@artifact/f");
        Arbitrary<List<String>> exclude =
                Arbitraries.of("*.md", "a/**", "**/f", "b", "[!g]*").list().ofMaxSize(2);
        return Combinators.combine(from, to, exclude)
                .as((source, target, excluded) -> new CopyOperation(source, target, excluded, null, true));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.of(
                "..", ".", "/", "a", "b", "**", "*", "[", "]", "{", "}", ",", "\\", "?", "!", "-", "\0", "é", "\uD83D");
        Arbitrary<String> any = parts.list().ofMaxSize(8).map(list -> String.join("", list));
        return Arbitraries.oneOf(any, Arbitraries.of("", "**", "*", "a", "a/**", "a/*", "x/"));
    }

    @Provide
    Arbitrary<String> strategies() {
        return Arbitraries.of("Overwrite", "Extract", "");
    }
}
