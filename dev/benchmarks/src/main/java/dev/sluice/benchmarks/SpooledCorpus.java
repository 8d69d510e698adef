package dev.sluice.benchmarks;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The corpus like in the reconciler: indexed into a spool file, which is in the page cache. */
final class SpooledCorpus {

    private FileTree tree = FileTree.empty();
    private byte[] archive = new byte[0];
    private @Nullable SpoolFile spool;

    void open() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarGzWriter.write(Corpus.tree(), out);
        archive = out.toByteArray();
        spool = newSpool();
        tree = index(spool);
    }

    static SpoolFile newSpool() throws IOException {
        Path directory = Files.createTempDirectory("sluice-benchmark");
        SpoolFile spool = SpoolFile.create(directory.resolve("spool"));
        spool.unlink();
        Files.delete(directory);
        return spool;
    }

    FileTree index(SpoolFile target) throws IOException {
        return TarGzReader.index(
                new ByteArrayInputStream(archive), target, UnpackOptions.fluxSource(UnpackOptions.DEFAULT_MAX_ENTRIES));
    }

    FileTree tree() {
        return tree;
    }

    byte[] archive() {
        return archive;
    }

    void close() throws IOException {
        if (spool != null) {
            spool.close();
        }
    }
}
