package dev.sluice.benchmarks;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reads an archive of 6,000 files (60 MB). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class IndexBenchmark {

    private final SpooledCorpus spooled = new SpooledCorpus();

    /** Creates the archive. */
    @Setup
    public void setUp() throws IOException {
        spooled.open();
    }

    /** Deletes the spool file. */
    @TearDown
    public void tearDown() throws IOException {
        spooled.close();
    }

    /** The baseline: decompresses the archive and computes one SHA-256 of the content. */
    @Benchmark
    public Digest gunzipAndDigest() throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(spooled.archive()), 64 * 1024)) {
            return Digest.ofStream(DigestAlgorithm.SHA256, in);
        }
    }

    /** Writes a spool file with a digest for each file. */
    @Benchmark
    public FileTree index() throws IOException {
        try (SpoolFile spool = SpooledCorpus.newSpool()) {
            return spooled.index(spool);
        }
    }

    /** Indexes, writes the tree to a directory and deletes it. */
    @Benchmark
    public int unpack() throws IOException {
        Path directory = Files.createTempDirectory("sluice-benchmark");
        try (SpoolFile spool = SpooledCorpus.newSpool()) {
            FileTree tree = spooled.index(spool);
            DirectoryTree.write(tree, directory);
            return tree.size();
        } finally {
            remove(directory);
        }
    }

    private static void remove(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(directory)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
