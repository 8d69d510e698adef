package dev.sluice.benchmarks;

import dev.sluice.artifact.archive.ArchiveOptions;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writes an archive of 6,000 files (60 MB) from a spool file. The result is the size of the archive in bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ArchiveBenchmark {

    private final SpooledCorpus spooled = new SpooledCorpus();
    private byte[] tar = new byte[0];

    /** Spools the corpus and creates an uncompressed tar of it for the baseline. */
    @Setup
    public void setUp() throws IOException {
        spooled.open();
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        TarGzWriter.write(spooled.tree(), archive);
        tar = new GZIPInputStream(new ByteArrayInputStream(archive.toByteArray())).readAllBytes();
    }

    /** Deletes the spool file. */
    @TearDown
    public void tearDown() throws IOException {
        spooled.close();
    }

    /** The baseline: commons-compress and the JDK's gzip, on one thread, from the same spool file. */
    @Benchmark
    public long plainArchive() throws IOException {
        CountingSink sink = new CountingSink();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(new GZIPOutputStream(sink), "UTF-8")) {
            for (FileTree.Node node : spooled.tree().nodes()) {
                if (node.entry() instanceof FileEntry file) {
                    TarArchiveEntry entry = new TarArchiveEntry(node.path().toString());
                    entry.setSize(file.size());
                    out.putArchiveEntry(entry);
                    try (InputStream content = file.blob().openStream()) {
                        content.transferTo(out);
                    }
                } else {
                    out.putArchiveEntry(new TarArchiveEntry(node.path() + "/"));
                }
                out.closeArchiveEntry();
            }
        }
        return sink.count();
    }

    /** The lower bound for single-threaded tar writers: gzip level 6 of a tar in memory. */
    @Benchmark
    public long plainGzip() throws IOException {
        CountingSink sink = new CountingSink();
        try (GZIPOutputStream gzip = new GZIPOutputStream(sink, 64 * 1024)) {
            gzip.write(tar);
        }
        return sink.count();
    }

    /** With the options of published artifacts. */
    @Benchmark
    public long archive() throws IOException {
        return archive(ArchiveOptions.defaults());
    }

    /** On one thread. */
    @Benchmark
    public long archiveSingleThread() throws IOException {
        return archive(new ArchiveOptions(ArchiveOptions.DEFAULT_LEVEL, 1));
    }

    /** With the options for local use. */
    @Benchmark
    public long archiveFastestLevel() throws IOException {
        return archive(ArchiveOptions.defaults().withLevel(Deflater.BEST_SPEED));
    }

    private long archive(ArchiveOptions options) throws IOException {
        CountingSink sink = new CountingSink();
        TarGzWriter.write(spooled.tree(), sink, options);
        return sink.count();
    }
}
