package dev.sluice.benchmarks;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The content hash of a tree of 100,000 entries. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ContentHashBenchmark {

    private static final int FILES = 99_000;

    private final FileTree.Builder builder = FileTree.builder();
    private FileTree tree = FileTree.empty();

    /** 99,000 files in 1,000 directories. */
    @Setup
    public void setUp() throws IOException {
        for (int i = 0; i < FILES; i++) {
            byte[] content = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
            builder.putFile(TreePath.of("directory-" + i / 99 + "/file-" + i + ".yaml"), FileEntry.of(false, content));
        }
    }

    /** A tree caches its hash, so each measurement needs a new one. */
    @Setup(Level.Invocation)
    public void newTree() {
        tree = builder.build();
    }

    /** Reads no file content. */
    @Benchmark
    public Digest contentHash() {
        return tree.contentHash();
    }
}
