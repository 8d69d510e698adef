package dev.sluice.reconciler.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten workers that build hostile inputs concurrently in a JVM of its own with a heap of 256 MB. */
class HostileBuildsIT {

    private static final int WORKERS = 10;
    private static final int FILES = 60_000;

    @TempDir
    Path directory;

    /** A file generated from a prefix, a repeated part and a suffix; uses no heap. */
    private record Text(String begin, String part, int times, String end) implements Blob {

        private static Text of(String begin, String part, int bytes, String end) {
            return new Text(begin, part, bytes / part.length(), end);
        }

        @Override
        public long size() {
            return begin.length() + (long) part.length() * times + end.length();
        }

        @Override
        public InputStream openStream() {
            return new TextStream(this);
        }
    }

    @SuppressWarnings("InputStreamSlowMultibyteRead") // reads byte by byte on purpose
    private static final class TextStream extends InputStream {

        private final Text text;
        private long position;

        TextStream(Text text) {
            this.text = text;
        }

        @Override
        public int read() {
            long inParts = position - text.begin.length();
            long afterParts = inParts - (long) text.part.length() * text.times;
            if (position == text.size()) {
                return -1;
            }
            position++;
            if (inParts < 0) {
                return text.begin.charAt((int) position - 1);
            }
            return afterParts < 0
                    ? text.part.charAt((int) (inParts % text.part.length()))
                    : text.end.charAt((int) afterParts);
        }
    }

    @Test
    void survivesHostileInputs() throws Exception {
        Path output = directory.resolve("output");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC", // as in the image
                "-XX:TieredStopAtLevel=1", // as in all JVMs of tests, which live for seconds
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                HostileBuildsIT.class.getName(),
                directory.resolve("spool").toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }

        assertThat(ended).as("finished in time: %s", Files.readString(output)).isTrue();
        assertThat(Files.readAllLines(output)).last().isEqualTo("alive");
        assertThat(process.exitValue()).isZero();
    }

    public static void main(String[] arguments) throws Exception {
        ProcessBudget process = new ProcessBudget(BudgetLimits.defaults());
        List<OutputArtifact> artifacts = artifacts();
        Map<String, FileTree> sources = Map.of("s", source());
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        List<Future<String>> results = new ArrayList<>();
        try (SpoolFile spool = SpoolFile.create(Path.of(arguments[0]))) {
            for (int i = 0; i < artifacts.size(); i++) {
                OutputArtifact artifact = artifacts.get(i);
                ObjectKey key = new ObjectKey("tenant-" + i, "generator");
                results.add(workers.submit((Callable<String>) () -> run(process, key, artifact, sources, spool)));
            }
            for (Future<String> result : results) {
                System.out.println(result.get());
            }
        }
        workers.shutdown();
        System.out.println(process.heap().usedBytes() == 0 ? "alive" : "heap is still taken");
    }

    /** Repeats a waiting run, as the work queue does. */
    private static String run(
            ProcessBudget process,
            ObjectKey key,
            OutputArtifact artifact,
            Map<String, FileTree> sources,
            SpoolFile spool) {
        for (int waits = 0; ; waits++) {
            long begun = System.nanoTime();
            try (RunBudget run = process.open(key)) {
                FileTree tree = new ArtifactBuilder(spool, new SpooledTarballs(spool), run)
                        .buildPublishable(artifact, sources, PublishedFiles.NONE);
                return "%s: %d entries after %d waits, %d ms"
                        .formatted(artifact.name(), tree.size(), waits, (System.nanoTime() - begun) / 1_000_000);
            } catch (BudgetWaitException e) {
                LockSupport.parkNanos(1_000_000);
            } catch (IOException e) {
                String kind = e instanceof LimitExceededException ? "refused" : "failed";
                return "%s: %s after %d waits, %d ms: %s"
                        .formatted(
                                artifact.name(), kind, waits, (System.nanoTime() - begun) / 1_000_000, e.getMessage());
            }
        }
    }

    private static FileTree source() throws IOException {
        FileTree.Builder tree = FileTree.builder();
        FileEntry empty = FileEntry.of(false, new byte[0]);
        for (int i = 0; i < FILES; i++) {
            tree.putFile(TreePath.of("empty/" + i), empty);
        }
        int mega = 1 << 20;
        yaml(tree, "base", Text.of("x: 1", "\n", 1, ""));
        yaml(tree, "aliases", Text.of("a: &a \"", "text ", 5 * mega, "\"\nb: [" + "*a,".repeat(200) + "]"));
        yaml(tree, "list", Text.of("a: [", "x,", 8 * mega, "]"));
        yaml(tree, "small-list", Text.of("a: [", "x,", mega / 2, "]"));
        yaml(tree, "lists", Text.of("a: [", "[],", 3 * mega, "]"));
        yaml(tree, "anchors", Text.of("a: [", "&a x,", 3 * mega, "]"));
        yaml(tree, "keys", Text.of("", "? {}\n", 3 * mega, ""));
        yaml(tree, "word", Text.of("a: ", "x", 3 * mega, ""));
        yaml(tree, "number", Text.of("a: ", "9", mega, ""));
        yaml(tree, "lines", Text.of("", "\n", 9 * mega, ""));
        yaml(tree, "documents", Text.of("", "a: {b: c}\n---\n", 3 * mega, ""));
        yaml(tree, "levels", Text.of("a: " + "[".repeat(250), "x,", mega / 4, "]".repeat(250)));
        yaml(tree, "block", Text.of("a: |\n", "  text\n", 3 * mega, ""));
        yaml(tree, "escapes", Text.of("a: \"", "\\u00e9", 3 * mega, "\""));
        return tree.build();
    }

    private static void yaml(FileTree.Builder tree, String name, Text text) throws IOException {
        Digest unchecked = Digest.ofBytes(DigestAlgorithm.SHA256, name.getBytes(StandardCharsets.UTF_8));
        tree.putFile(TreePath.of("yaml/" + name), new FileEntry(false, unchecked, text));
    }

    private static List<OutputArtifact> artifacts() {
        List<OutputArtifact> artifacts = new ArrayList<>();
        for (String name : List.of(
                "aliases",
                "list",
                "small-list",
                "lists",
                "anchors",
                "keys",
                "word",
                "number",
                "lines",
                "documents",
                "levels",
                "block",
                "escapes")) {
            artifacts.add(
                    artifact(name, List.of(copy("@s/yaml/base", "v", null), copy("@s/yaml/" + name, "v", "Merge"))));
        }
        artifacts.add(artifact(
                "many",
                IntStream.range(0, 1000)
                        .mapToObj(i -> copy("@s/empty", "many/" + i + "/", null))
                        .toList()));
        artifacts.add(artifact("deep", List.of(copy("@s/empty", "d/".repeat(500), null))));
        artifacts.add(artifact(
                "globs",
                List.of(new CopyOperation(
                        "@s/**",
                        "@artifact/",
                        IntStream.range(0, 100)
                                .mapToObj(i -> "*a" + "?".repeat(900) + i)
                                .toList(),
                        null,
                        null))));
        return artifacts;
    }

    private static OutputArtifact artifact(String name, List<CopyOperation> copies) {
        return new OutputArtifact(name, null, null, copies);
    }

    private static CopyOperation copy(String from, String to, @Nullable String strategy) {
        return new CopyOperation(from, "@artifact/" + to, List.of(), strategy, null);
    }
}
