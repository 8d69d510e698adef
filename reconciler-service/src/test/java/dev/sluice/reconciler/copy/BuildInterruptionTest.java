package dev.sluice.reconciler.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds that would take minutes to days end soon after their thread is interrupted. */
@Timeout(120)
class BuildInterruptionTest {

    private static final int FILES = 100_000;

    /** Generous for slow machines; without an interrupt the build takes hours. */
    private static final long SOON_SECONDS = 10;

    private static final BudgetLimits NO_LIMIT =
            BudgetLimits.defaults().withRun(Long.MAX_VALUE, 1000, Long.MAX_VALUE, Long.MAX_VALUE);

    private static FileTree tree = FileTree.empty();

    record Endless(String name, CopyOperation operation) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Endless> builds() {
        return Stream.of(
                new Endless("directories", copy("@s/d", List.of())),
                new Endless("globs", copy("@s/d/*", List.of())),
                new Endless("globs that match nothing", copy("@s/*/*x", List.of())),
                new Endless("excludes", copy("@s/d", Collections.nCopies(100, "*a" + "?".repeat(120) + "{a,*}"))));
    }

    @BeforeAll
    static void makeTree() throws IOException {
        FileEntry file = FileEntry.of(false, new byte[0]);
        FileTree.Builder files = FileTree.builder();
        for (int i = 0; i < FILES; i++) {
            files.putFile(TreePath.of("d/" + "a".repeat(60) + i), file);
        }
        tree = files.build();
    }

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @MethodSource("builds")
    void anInterruptEndsABuild(Endless given) throws Exception {
        List<CopyOperation> copies = Collections.nCopies(20_000, given.operation);
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            Future<?> build = worker.submit(() -> build(copies));
            assertThatThrownBy(() -> build.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            worker.shutdownNow();
            assertThat(worker.awaitTermination(SOON_SECONDS, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(build::get).hasCauseInstanceOf(InterruptedIOException.class);
        } finally {
            worker.shutdownNow();
        }
    }

    @Test
    void anInterruptEndsAnExpansion() throws Exception {
        PathPattern pattern = PathPattern.parse("@s/{x}", Set.of("s"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> pattern.expand(Samples.generator("gen"), Map.of("s", tree), Budgets.defaults()))
                .isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void anInterruptEndsAMerge() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new YamlMerge(CopyCase.IN_MEMORY, Budgets.defaults(), "artifact 'a'")
                        .merge(yaml(), TreePath.of("a"), yaml(), TreePath.of("b")))
                .isInstanceOf(InterruptedIOException.class);
    }

    private static FileEntry yaml() {
        return FileEntry.of(false, "a: {b: [c]}".getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Void build(List<CopyOperation> copies) throws IOException {
        TarballSource none = tarball -> {
            throw new IOException("no tarballs here");
        };
        new ArtifactBuilder(CopyCase.IN_MEMORY, none, Budgets.of(NO_LIMIT))
                .build(new OutputArtifact("app", null, null, copies), Map.of("s", tree));
        return null;
    }

    private static CopyOperation copy(String from, List<String> exclude) {
        return new CopyOperation(from, "@artifact/to/", exclude, null, true);
    }
}
