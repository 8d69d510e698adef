package dev.sluice.artifact.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.TarGzWriter;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.MultiDigester;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each input is practically endless and interrupts the thread that reads it. */
@Timeout(60)
class InterruptionTest {

    @TempDir
    Path directory;

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    interface Computation {
        void run(Path directory) throws IOException;
    }

    record Case(String name, Computation computation) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> computations() {
        return Stream.of(
                new Case("digest", d -> Digest.ofStream(DigestAlgorithm.SHA256, new EndlessInput())),
                new Case(
                        "several digests",
                        d -> MultiDigester.ofStream(EnumSet.allOf(DigestAlgorithm.class), new EndlessInput())),
                new Case("storing in a spool file", d -> {
                    try (SpoolFile spool = SpoolFile.create(d.resolve("spool"))) {
                        spool.store(new EndlessInput());
                    }
                }),
                new Case("writing an archive", d -> {
                    FileEntry endless = new FileEntry(false, Digest.ofBytes(DigestAlgorithm.SHA256, new byte[0]), BLOB);
                    FileTree tree = FileTree.builder()
                            .putFile(TreePath.of("a"), endless)
                            .build();
                    TarGzWriter.write(tree, OutputStream.nullOutputStream());
                }));
    }

    private static final Blob BLOB = new Blob() {
        @Override
        public long size() {
            return Long.MAX_VALUE / 2;
        }

        @Override
        public InputStream openStream() {
            return new EndlessInput();
        }
    };

    @ParameterizedTest
    @MethodSource("computations")
    void endsAComputationOverEndlessInput(Case given) {
        assertThatThrownBy(() -> given.computation.run(directory)).isInstanceOf(InterruptedIOException.class);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void endsAWalkOverATree() throws Exception {
        FileTree tree = directories(1000);
        AtomicInteger asked = new AtomicInteger();

        Throwable thrown = catchThrowable(() -> tree.filter(node -> {
            asked.incrementAndGet();
            Thread.currentThread().interrupt();
            return true;
        }));

        assertThat(thrown).hasCauseInstanceOf(InterruptedIOException.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void endsOperationsOnPaths() throws Exception {
        FileTree tree = directories(10);
        Thread.currentThread().interrupt();

        assertThatThrownBy(tree::contentHash).hasCauseInstanceOf(InterruptedIOException.class);
        assertThatThrownBy(() -> SourceIgnore.defaults().apply(tree)).hasCauseInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(tree.contentHash()).isEqualTo(directories(10).contentHash());
    }

    @Test
    void endsReadingAndWritingDirectories() throws Exception {
        DirectoryTree.write(directories(10), directory);
        FileTree tree = directories(10);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> DirectoryTree.read(directory)).isInstanceOf(InterruptedIOException.class);
        assertThatThrownBy(() -> DirectoryTree.write(tree, directory)).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void endsReadingAnArchive() throws Exception {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        TarGzWriter.write(directories(10), archive);
        try (SpoolFile spool = SpoolFile.create(directory.resolve("spool"))) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> TarGzReader.index(
                            new ByteArrayInputStream(archive.toByteArray()), spool, UnpackOptions.untrusted()))
                    .isInstanceOf(InterruptedIOException.class);
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    private static FileTree directories(int count) throws IOException {
        FileTree.Builder tree = FileTree.builder();
        for (int i = 0; i < count; i++) {
            tree.putDirectory(TreePath.of("d" + i));
        }
        return tree.build();
    }

    /** Interrupts its reader at the third read. */
    private static final class EndlessInput extends InputStream {

        private int reads;

        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] b, int off, int len) {
            if (++reads == 3) {
                Thread.currentThread().interrupt();
            }
            return len;
        }
    }
}
