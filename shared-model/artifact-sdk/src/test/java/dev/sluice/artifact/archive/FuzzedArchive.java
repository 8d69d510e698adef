package dev.sluice.artifact.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.LinkPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Invariant for any input: reading returns a tree within the limits, or fails with an {@link IOException}; never
 * another exception, excessive memory use or an endless loop.
 */
final class FuzzedArchive {

    private static final UnpackOptions LIMITS = new UnpackOptions(1 << 20, 1000, LinkPolicy.SKIP, TrailingBytes.REFUSE);
    private static final byte[] MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

    private FuzzedArchive() {}

    /** Reads {@code input} as an archive, and as the tar within one, so that the fuzzer need not compute checksums. */
    static void read(byte[] input, Path directory) throws IOException {
        readArchive(input, directory);
        readArchive(TarBuilder.gzip(withChecksums(input)), directory);
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                new TarBuilder().file("a", "x").directory("b/").tar(),
                new TarBuilder()
                        .pax("path", "a/b", "size", "3")
                        .file("a", "xyz")
                        .tar(),
                new TarBuilder().gnuLongName("a/b/c").file("a", "").tar(),
                new TarBuilder().pax('g', "comment", "x").link('2', "a", "b").tar(),
                new TarBuilder().link('1', "a", "b").tarGz(),
                new TarBuilder().file("a", "x").tarGz());
    }

    private static byte[] withChecksums(byte[] tar) {
        byte[] changed = tar.clone();
        for (int i = 0; i + TarBuilder.BLOCK <= tar.length; i += TarBuilder.BLOCK) {
            byte[] block = Arrays.copyOfRange(tar, i, i + TarBuilder.BLOCK);
            if (Arrays.equals(block, 257, 262, MAGIC, 0, MAGIC.length)) {
                TarBuilder.checksum(block);
                System.arraycopy(block, 0, changed, i, block.length);
            }
        }
        return changed;
    }

    private static void readArchive(byte[] archive, Path directory) throws IOException {
        try (SpoolFile spool = SpoolFile.create(directory.resolve("spool"))) {
            spool.unlink();
            FileTree tree;
            try {
                tree = TarGzReader.index(new ByteArrayInputStream(archive), spool, LIMITS);
            } catch (IOException refused) {
                return;
            }
            check(tree, spool);
        }
    }

    /** Checks that an accepted tree can be written and read back unchanged. */
    private static void check(FileTree tree, SpoolFile spool) throws IOException {
        assertThat(tree.size()).isLessThanOrEqualTo(LIMITS.maxEntries());
        assertThat(tree.totalSize()).isLessThanOrEqualTo(LIMITS.maxBytes());
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        TarGzWriter.write(tree, written, new ArchiveOptions(1, 1));
        FileTree again = TarGzReader.index(new ByteArrayInputStream(written.toByteArray()), spool, LIMITS);
        assertThat(again).isEqualTo(tree);
    }
}
