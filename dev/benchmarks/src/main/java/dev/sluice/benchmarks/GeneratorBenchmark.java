package dev.sluice.benchmarks;

import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.copy.ArtifactBuilder;
import dev.sluice.reconciler.copy.PublishedFiles;
import dev.sluice.reconciler.copy.SpooledTarballs;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A generator with 100 artifacts from a source of 60 MB in 6,000 files, compared with reading and compressing its
 * output once: {@link #build} must take less than twice the time of {@link #onePass}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class GeneratorBenchmark {

    private static final int ARTIFACTS = 100;
    private static final int TEAMS = 60;

    private final SpooledCorpus spooled = new SpooledCorpus();
    private final List<OutputArtifact> artifacts = artifacts();
    private List<FileTree> outputs = List.of();
    private Path volume = Path.of("");

    /** Indexes the source, and builds once to get the output. */
    @Setup
    public void setUp() throws IOException {
        spooled.open();
        List<FileTree> trees = new ArrayList<>();
        try (SpoolFile spool = SpooledCorpus.newSpool()) {
            for (OutputArtifact artifact : artifacts) {
                trees.add(
                        builder(spool).buildPublishable(artifact, Map.of("app", spooled.tree()), PublishedFiles.NONE));
            }
        }
        outputs = List.copyOf(trees);
    }

    /** Every build stores to an empty volume. */
    @Setup(Level.Invocation)
    public void emptyVolume() throws IOException {
        volume = Files.createTempDirectory("sluice-benchmark");
    }

    /** Deletes the volume. */
    @TearDown(Level.Invocation)
    public void removeVolume() throws IOException {
        try (Stream<Path> files = Files.walk(volume)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Deletes the spool file. */
    @TearDown
    public void tearDown() throws IOException {
        spooled.close();
    }

    /** Selects, filters, hashes and durably stores all 100 artifacts, like a reconciliation. */
    @Benchmark
    public long build() throws IOException {
        ArtifactStorage storage = new ArtifactStorage(StorageOptions.of(volume, "artifacts.test"), Clock.systemUTC());
        long bytes = 0;
        try (SpoolFile spool = SpooledCorpus.newSpool()) {
            for (OutputArtifact artifact : artifacts) {
                FileTree tree =
                        builder(spool).buildPublishable(artifact, Map.of("app", spooled.tree()), PublishedFiles.NONE);
                String hash = tree.contentHash().hex();
                Artifact stored = storage.archive(
                        storage.newArtifact("ExternalArtifact", "apps", artifact.name(), hash, hash + ".tar.gz"), tree);
                bytes += Objects.requireNonNull(stored.size());
            }
        }
        return bytes;
    }

    /** The baseline: reads and compresses every file of every output on one thread. */
    @Benchmark
    public long onePass() throws IOException {
        CountingSink sink = new CountingSink();
        for (FileTree output : outputs) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(sink, 64 * 1024)) {
                for (FileTree.Node node : output.nodes()) {
                    if (node.entry() instanceof FileEntry file) {
                        try (InputStream content = file.blob().openStream()) {
                            content.transferTo(gzip);
                        }
                    }
                }
            }
        }
        return sink.count();
    }

    /** The same with the parallel compression of artifacts, without selection, hashing or storage. */
    @Benchmark
    public long onePassOnAllProcessors() throws IOException {
        CountingSink sink = new CountingSink();
        for (FileTree output : outputs) {
            TarGzWriter.write(output, sink);
        }
        return sink.count();
    }

    private static ArtifactBuilder builder(SpoolFile spool) {
        RunBudget budget = new ProcessBudget(BudgetLimits.defaults()).open(new ObjectKey("benchmark", "generator"));
        return new ArtifactBuilder(spool, new SpooledTarballs(spool), budget);
    }

    /** Each artifact copies four fifths of a team's directory and some services of another team. */
    private static List<OutputArtifact> artifacts() {
        List<OutputArtifact> artifacts = new ArrayList<>();
        for (int i = 0; i < ARTIFACTS; i++) {
            int team = i % TEAMS;
            int other = (i + 7) % TEAMS;
            artifacts.add(new OutputArtifact(
                    "artifact-" + i,
                    null,
                    null,
                    List.of(
                            copy("@app/apps/team-" + team + "/**", "@artifact/own/", "**/service-*[05]/**"),
                            copy("@app/apps/team-" + other + "/service-*[0-9]7", "@artifact/other/", "*.md"))));
        }
        return artifacts;
    }

    private static CopyOperation copy(String from, String to, String exclude) {
        return new CopyOperation(from, to, List.of(exclude, "**/testdata/**"), null, null);
    }
}
