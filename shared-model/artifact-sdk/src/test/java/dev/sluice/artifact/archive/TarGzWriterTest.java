package dev.sluice.artifact.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TarGzWriterTest {

    /** Identifies zlib 1.2.13 and 1.3 by their output for certain content. */
    private static final long REFERENCE_CRC = 0xc0e4b72eL;

    @TempDir
    Path directory;

    record Golden(String name, FileTree tree, String tarSha256, String gzipSha256) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The tar bytes must never change. The gzip bytes depend on zlib, which is the same in the supported runtimes; CI
     * tests JDK 17 and 25. Some systems link Java with another zlib that produces other bytes; no revision depends on
     * them.
     */
    static Stream<Golden> goldens() throws Exception {
        return Stream.of(
                new Golden(
                        "empty",
                        FileTree.empty(),
                        "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
                        "8564620f1ca97e2d67cda7086a6271585fd2eef5a44e617537e7c36ee7da3ead"),
                new Golden(
                        "small",
                        SampleTrees.small(),
                        "40c062bab8b4095d5ed7841698990e64fe8b24e3a70f8b989a64e7fa8f070444",
                        "cea1e10f1bd2a76d6e3380c5f8c53a973fdd3dc67b79d6046a09f04405818f0b"),
                new Golden(
                        "odd names",
                        SampleTrees.oddNames(),
                        "257d5a45517d6aae77a12d71e9f102f70164b6564002ae4e59bb761705b77d78",
                        "677687cb17548bbd007a79bdf02804f82b0e151c4f763e0b6d2680825f6a79c9"),
                new Golden(
                        "several chunks",
                        SampleTrees.large(),
                        "ec757cfa315f542996a6604f56726fa6409573cdc82a92fd93755b27ddf89894",
                        "8e3d27f4f769058b4b2e943e12797e6638de7a7d2b0a38cfbd951818654b2cf3"));
    }

    /** Most artifacts are small; buffers for full chunks would be half a megabyte each. */
    @Test
    void allocatesLittleForASmallTree() throws IOException {
        FileTree tree = SampleTrees.small();
        archive(tree, ArchiveOptions.defaults());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        archive(tree, ArchiveOptions.defaults());

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void writesTheExpectedBytes(Golden golden) throws Exception {
        byte[] archive = archive(golden.tree, ArchiveOptions.defaults());

        assertThat(sha256(gunzip(archive))).as("tar").isEqualTo(golden.tarSha256);
        if (hasReferenceZlib()) {
            assertThat(sha256(archive)).as("gzip").isEqualTo(golden.gzipSha256);
        } else {
            System.out.println("TarGzWriterTest: gzip bytes not compared: this runtime uses another zlib");
        }
    }

    private static boolean hasReferenceZlib() {
        byte[] content = new byte[100_000];
        Random random = new Random(4);
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) "abcdefgh \n".charAt(random.nextInt(10));
        }
        Deflater deflater = new Deflater(ArchiveOptions.DEFAULT_LEVEL, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] output = new byte[2 * content.length];
        CRC32 crc = new CRC32();
        crc.update(output, 0, deflater.deflate(output));
        deflater.end();
        return crc.getValue() == REFERENCE_CRC;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 9})
    void bytesDoNotDependOnTheNumberOfThreads(int level) throws Exception {
        FileTree tree = SampleTrees.large();
        byte[] single = archive(tree, new ArchiveOptions(level, 1));

        for (int threads : new int[] {2, 3, 16}) {
            assertThat(archive(tree, new ArchiveOptions(level, threads)))
                    .as("%d threads", threads)
                    .isEqualTo(single);
        }
        assertThat(index(single)).isEqualTo(tree);
    }

    /** Splitting into chunks must cost almost no compression. */
    @Test
    void isAtMostOnePercentLargerThanPlainGzip() throws Exception {
        FileTree.Builder builder = FileTree.builder();
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 10_000) {
                text.append("  key-")
                        .append(random.nextInt(500))
                        .append(": value-")
                        .append(random.nextInt(2000))
                        .append('\n');
            }
            builder.putFile(
                    TreePath.of("f-" + i), FileEntry.of(false, text.toString().getBytes(StandardCharsets.US_ASCII)));
        }
        byte[] archive = archive(builder.build(), ArchiveOptions.defaults());

        int plain = TarBuilder.gzip(gunzip(archive)).length;

        assertThat(archive.length).isLessThanOrEqualTo(plain + plain / 100);
    }

    /** Chunk boundaries at, before and after the end of the content. */
    @ParameterizedTest
    @ValueSource(ints = {-513, -512, -1, 0, 1, 512, 513})
    void roundTripsSizesAroundTheChunkSize(int difference) throws Exception {
        byte[] content = new byte[2 * GzipChunk.CHUNK_BYTES - 3 * 512 + difference];
        new Random(difference).nextBytes(content);
        FileTree tree = FileTree.builder()
                .putFile(TreePath.of("f"), FileEntry.of(false, content))
                .build();

        assertThat(index(archive(tree, ArchiveOptions.defaults()))).isEqualTo(tree);
    }

    @Test
    void writesOneGzipMemberWithoutNameAndTime() throws Exception {
        byte[] archive = archive(SampleTrees.large(), ArchiveOptions.defaults());

        assertThat(Arrays.copyOf(archive, 10)).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
        try (GzipMembers members = new GzipMembers(new ByteArrayInputStream(archive))) {
            byte[] buffer = new byte[8192];
            long content = 0;
            for (int n = members.read(buffer, 0, buffer.length); n >= 0; n = members.read(buffer, 0, buffer.length)) {
                content += n;
            }
            assertThat(content).isEqualTo(gunzip(archive).length);
            assertThat(members.next()).isFalse();
        }
    }

    @Test
    void writesHeadersInTheDocumentedFormat() throws Exception {
        byte[] tar = gunzip(archive(SampleTrees.small(), ArchiveOptions.defaults()));

        assertThat(field(tar, 0, 0, 100)).isEqualTo("bin/");
        assertThat(field(tar, 0, 100, 8)).isEqualTo("0000750");
        assertThat(field(tar, 0, 156, 1)).isEqualTo("5");
        int run = 512;
        assertThat(field(tar, run, 0, 100)).isEqualTo("bin/run.sh");
        assertThat(field(tar, run, 100, 8)).isEqualTo("0000700");
        assertThat(field(tar, run, 108, 8)).isEqualTo("0000000");
        assertThat(field(tar, run, 116, 8)).isEqualTo("0000000");
        assertThat(field(tar, run, 124, 12)).isEqualTo("00000000012");
        assertThat(field(tar, run, 136, 12)).isEqualTo("00000000000");
        assertThat(field(tar, run, 156, 1)).isEqualTo("0");
        assertThat(field(tar, run, 157, 100)).isEmpty();
        assertThat(new String(tar, run + 257, 8, StandardCharsets.ISO_8859_1)).isEqualTo("ustar\00000");
        assertThat(field(tar, run, 265, 64)).isEmpty();
        assertThat(field(tar, run + 1024, 0, 100)).isEqualTo("config.yaml");
        assertThat(field(tar, run + 1024, 100, 8)).isEqualTo("0000600");
        assertThat(Arrays.copyOfRange(tar, tar.length - 1024, tar.length)).containsOnly(0);
    }

    private static String field(byte[] tar, int header, int offset, int length) {
        return new String(TarBlocks.text(tar, header + offset, length), StandardCharsets.ISO_8859_1);
    }

    record Name(String name, boolean pax) {}

    static Stream<Name> names() {
        return Stream.of(
                new Name("a".repeat(100), false),
                new Name("a".repeat(101), true),
                new Name("p".repeat(155) + "/" + "n".repeat(100), false),
                new Name("p".repeat(156) + "/" + "n".repeat(99), true),
                new Name("p".repeat(155) + "/" + "n".repeat(101), true),
                new Name("p".repeat(99) + "/" + "n".repeat(98) + "/" + "x", false),
                new Name("d/".repeat(200) + "x", true),
                new Name("ü", true),
                new Name("a b", false));
    }

    @ParameterizedTest
    @MethodSource("names")
    void usesPaxOnlyForNamesThatNeedIt(Name name) throws Exception {
        FileTree.Node node = new FileTree.Node(TreePath.of(name.name), FileEntry.of(false, new byte[0]));

        assertThat(TarHeader.of(node).toBytes().length).isEqualTo(name.pax ? 3 * 512 : 512);
    }

    @Test
    void usesPaxForSizesFrom8Gibibytes() throws Exception {
        assertThat(new String(headerOfSize(TarHeader.MAX_USTAR_SIZE), StandardCharsets.ISO_8859_1))
                .hasSize(512)
                .contains("77777777777\0");
        assertThat(new String(headerOfSize(TarHeader.MAX_USTAR_SIZE + 1), StandardCharsets.ISO_8859_1))
                .hasSize(3 * 512)
                .contains("19 size=8589934592\n");
    }

    private static byte[] headerOfSize(long size) throws Exception {
        Digest any = Digest.ofBytes(DigestAlgorithm.SHA256, new byte[0]);
        FileEntry file = new FileEntry(false, any, new UnreadableBlob(size));
        return TarHeader.of(new FileTree.Node(TreePath.of("big"), file)).toBytes();
    }

    private record UnreadableBlob(long size) implements Blob {
        @Override
        public InputStream openStream() throws IOException {
            throw new IOException("cannot read this blob");
        }
    }

    /** The length of a record includes its own digits. */
    @Test
    void writesWellFormedPaxRecordsOfEveryLength() throws Exception {
        for (int length = 101; length < 1100; length++) {
            TreePath path = TreePath.of("n".repeat(length));
            byte[] header = TarHeader.of(new FileTree.Node(path, FileEntry.of(false, new byte[0])))
                    .toBytes();
            byte[] data = Arrays.copyOfRange(header, 512, header.length - 512);
            int size = (int) TarBlocks.size(Arrays.copyOf(header, 512));
            assertThat(PaxRecords.path(data, size)).asString().hasSize(length);
        }
    }

    @Test
    void writesAHundredThousandEntries() throws Exception {
        FileTree.Builder builder = FileTree.builder();
        FileEntry file = FileEntry.of(false, "x".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 99_000; i++) {
            builder.putFile(TreePath.of("dir-" + i / 100 + "/file-" + i), file);
        }
        FileTree tree = builder.build();

        assertThat(index(archive(tree, ArchiveOptions.defaults().withLevel(1)))).isEqualTo(tree);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 6})
    void failsIfContentHasAnotherSizeThanDeclared(long claimed) throws Exception {
        Blob liar = new Blob() {
            @Override
            public long size() {
                return claimed;
            }

            @Override
            public InputStream openStream() {
                return new ByteArrayInputStream(new byte[5]);
            }
        };
        FileTree tree = single(liar);

        assertThatThrownBy(() -> archive(tree, ArchiveOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"f\"")
                .hasMessageContaining("not the " + claimed + " bytes");
    }

    @Test
    void passesOnAFailureToReadContent() throws Exception {
        FileTree tree = single(new UnreadableBlob(5));

        assertThatThrownBy(() -> archive(tree, ArchiveOptions.defaults())).hasMessage("cannot read this blob");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void passesOnAFailureToWrite(int threads) throws Exception {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };
        FileTree tree = SampleTrees.large();

        assertThatThrownBy(() -> TarGzWriter.write(tree, full, new ArchiveOptions(6, threads)))
                .hasMessage("disk full");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void stopsWhenInterruptedAndKeepsTheFlag(int threads) throws Exception {
        FileTree tree = SampleTrees.large();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> archive(tree, new ArchiveOptions(6, threads)))
                    .isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(index(archive(tree, new ArchiveOptions(6, threads)))).isEqualTo(tree);
    }

    @Test
    void doesNotCloseTheOutput() throws Exception {
        OutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };

        TarGzWriter.write(FileTree.empty(), out);
    }

    @Test
    void refusesOptionsOutOfRange() {
        for (List<Integer> bad : List.of(List.of(-1, 1), List.of(10, 1), List.of(6, 0), List.of(6, 65))) {
            assertThatThrownBy(() -> new ArchiveOptions(bad.get(0), bad.get(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static FileTree single(Blob blob) throws Exception {
        Digest any = Digest.ofBytes(DigestAlgorithm.SHA256, new byte[0]);
        return FileTree.builder()
                .putFile(TreePath.of("f"), new FileEntry(false, any, blob))
                .build();
    }

    private FileTree index(byte[] archive) throws IOException {
        try (SpoolFile spool = SpoolFile.create(directory.resolve("spool"))) {
            spool.unlink();
            return TarGzReader.index(new ByteArrayInputStream(archive), spool, UnpackOptions.untrusted());
        }
    }

    private static byte[] archive(FileTree tree, ArchiveOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarGzWriter.write(tree, out, options);
        return out.toByteArray();
    }

    private static byte[] gunzip(byte[] archive) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(archive)).readAllBytes();
    }

    private static String sha256(byte[] bytes) {
        return Digest.ofBytes(DigestAlgorithm.SHA256, bytes).hex();
    }
}
