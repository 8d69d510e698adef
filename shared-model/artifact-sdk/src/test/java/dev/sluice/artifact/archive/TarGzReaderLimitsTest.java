package dev.sluice.artifact.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.LinkPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that expand to a much larger size, or claim a larger size than they have. */
class TarGzReaderLimitsTest {

    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    private SpoolFile spool;

    @BeforeEach
    void createSpool() throws IOException {
        spool = SpoolFile.create(directory.resolve("spool"));
        spool.unlink();
    }

    @AfterEach
    void closeSpool() throws IOException {
        spool.close();
    }

    @Test
    void stopsAtTheLimitOfBytes() {
        byte[] header = headerOfSize("bomb", 10L << 30);
        InputStream tenGibibytes = bomb(header, new byte[MIB], 10 * 1024);

        assertThatThrownBy(() -> TarGzReader.index(tenGibibytes, spool, UnpackOptions.untrusted()))
                .isInstanceOf(ArchiveLimitException.class)
                .hasMessageContaining("limit of 104857600 bytes")
                .hasMessageContaining("\"bomb\"");
        assertThat(spool.size()).isLessThanOrEqualTo(UnpackOptions.DEFAULT_MAX_BYTES);
    }

    @Test
    void allowsExactlyTheLimitOfBytesForAllEntriesTogether() throws Exception {
        byte[] archive = new TarBuilder()
                .file("a", "x".repeat(600))
                .file("a", "x".repeat(400))
                .tarGz();

        assertThat(index(archive, limits(1000, 10))).isEqualTo(1);
        assertThatThrownBy(() -> index(archive, limits(999, 10))).isInstanceOf(ArchiveLimitException.class);
    }

    @Test
    void stopsAtTheLimitOfEntries() {
        TarBuilder thousand = new TarBuilder();
        for (int i = 0; i < 1000; i++) {
            thousand.file("same", "");
        }
        InputStream million = bomb(new byte[0], thousand.tarWithoutEnd(), 1000);

        assertThatThrownBy(() -> TarGzReader.index(million, spool, limits(1000, 20_000)))
                .isInstanceOf(ArchiveLimitException.class)
                .hasMessageContaining("limit of 20000");
    }

    @Test
    void countsSkippedLinksAndImpliedParentsAsEntries() throws Exception {
        byte[] links = new TarBuilder().link('2', "a", "x").link('2', "b", "x").tarGz();
        byte[] deep = new TarBuilder().file("a/b/c/d", "").file("e", "").tarGz();

        assertThat(index(links, UnpackOptions.fluxSource(2))).isZero();
        assertThatThrownBy(() -> index(links, UnpackOptions.fluxSource(1))).isInstanceOf(ArchiveLimitException.class);
        assertThat(index(deep, limits(0, 5))).isEqualTo(5);
        assertThatThrownBy(() -> index(deep, limits(0, 3))).isInstanceOf(ArchiveLimitException.class);
    }

    @Test
    void countsImpliedParentsOfTheLastEntryToo() {
        byte[] archive = new TarBuilder().file("a/b/c/d", "").tarGz();

        assertThatThrownBy(() -> index(archive, limits(0, 3))).isInstanceOf(ArchiveLimitException.class);
    }

    @Test
    void limitsTheMemoryOfNames() {
        TarBuilder hundred = new TarBuilder();
        for (int i = 0; i < 100; i++) {
            hundred.pax("path", i + "x".repeat(4000)).file("f", "");
        }
        InputStream archive = bomb(new byte[0], hundred.tarWithoutEnd(), 100);

        assertThatThrownBy(() -> TarGzReader.index(archive, spool, limits(0, 5_000)))
                .isInstanceOf(ArchiveLimitException.class)
                .hasMessageContaining("too long names");
    }

    @Test
    void limitsTheTotalSizeOfExtendedHeaders() {
        byte[] globals =
                new TarBuilder().pax('g', "comment", "x".repeat(1_000_000)).tarWithoutEnd();
        InputStream archive = bomb(new byte[0], globals, 10_000);

        assertThatThrownBy(() -> TarGzReader.index(archive, spool, limits(0, 10)))
                .isInstanceOf(ArchiveLimitException.class)
                .hasMessageContaining("extended headers");
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 21, 1L << 32, Long.MAX_VALUE})
    void refusesExtendedHeadersThatClaimToBeHuge(long size) {
        for (char type : new char[] {'x', 'X', 'g', 'L', 'K'}) {
            byte[] header = headerOfSize("././@LongLink", size);
            header[156] = (byte) type;
            TarBuilder.checksum(header);
            assertThatThrownBy(() -> index(TarBuilder.gzip(header), UnpackOptions.untrusted()))
                    .as("type %s", type)
                    .isInstanceOf(ArchiveLimitException.class)
                    .hasMessageContaining(size + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4096, 1L << 33, Long.MAX_VALUE})
    void refusesContentThatIsShorterThanItsHeaderClaims(long size) {
        byte[] byHeader =
                TarBuilder.gzip(concat(headerOfSize("lie", size), "0123456789".getBytes(StandardCharsets.UTF_8)));
        byte[] byPax = new TarBuilder()
                .pax("size", Long.toString(size))
                .file("lie", "")
                .tarGz();

        for (byte[] archive : new byte[][] {byHeader, byPax}) {
            assertThatThrownBy(() -> index(archive, UnpackOptions.fluxSource(10)))
                    .isInstanceOf(MalformedArchiveException.class)
                    .hasMessageContaining("\"lie\" is truncated");
        }
    }

    @Test
    void refusesSizesThatOverflowALong() {
        byte[] header = headerOfSize("lie", 0);
        header[124] = (byte) 0x80;
        header[125] = 1;
        TarBuilder.checksum(header);
        byte[] byPax = new TarBuilder()
                .pax("size", "99999999999999999999")
                .file("lie", "")
                .tarGz();

        assertThatThrownBy(() -> index(TarBuilder.gzip(header), UnpackOptions.untrusted()))
                .isInstanceOf(MalformedArchiveException.class);
        assertThatThrownBy(() -> index(byPax, UnpackOptions.untrusted())).isInstanceOf(MalformedArchiveException.class);
    }

    @Test
    void refusesAnEndlessGzipHeader() {
        byte[] start = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
        InputStream endlessName =
                new ByteArrayInputStream(concat(start, "x".repeat(MIB).getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> TarGzReader.index(endlessName, spool, UnpackOptions.untrusted()))
                .isInstanceOf(ArchiveLimitException.class)
                .hasMessageContaining("gzip header");
    }

    @Test
    void stopsAfterTooMuchPadding() throws Exception {
        byte[] end = new TarBuilder().file("a", "").tar();

        assertThatThrownBy(() -> TarGzReader.index(bomb(end, new byte[MIB], 10_000), spool, limits(0, 10)))
                .isInstanceOf(ArchiveLimitException.class)
                .hasMessageContaining("padding");
        assertThat(TarGzReader.index(bomb(end, new byte[MIB], 10_000), spool, UnpackOptions.fluxSource(10))
                        .size())
                .isEqualTo(1);
    }

    @Test
    void survivesManyEmptyGzipMembers() throws Exception {
        byte[] empty = TarBuilder.gzip(new byte[0]);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        for (int i = 0; i < 50_000; i++) {
            archive.writeBytes(empty);
        }
        archive.writeBytes(new TarBuilder().file("a", "").tarGz());

        assertThat(index(archive.toByteArray(), UnpackOptions.untrusted())).isEqualTo(1);
    }

    private int index(byte[] archive, UnpackOptions options) throws IOException {
        return TarGzReader.index(new ByteArrayInputStream(archive), spool, options)
                .size();
    }

    private static UnpackOptions limits(long maxBytes, int maxEntries) {
        return new UnpackOptions(maxBytes, maxEntries, LinkPolicy.REFUSE, TrailingBytes.REFUSE);
    }

    /** Sizes over 8 GiB in the binary form of GNU tar. */
    private static byte[] headerOfSize(String name, long size) {
        byte[] header = new TarBuilder().file(name, "").tarWithoutEnd();
        byte[] binary = BigInteger.valueOf(size).toByteArray();
        Arrays.fill(header, 124, 136, (byte) 0);
        header[124] = (byte) 0x80;
        System.arraycopy(binary, 0, header, 136 - binary.length, binary.length);
        TarBuilder.checksum(header);
        return header;
    }

    /** Returns a truncated gzip file of {@code start} and many repetitions of {@code repeated}, built quickly. */
    private static InputStream bomb(byte[] start, byte[] repeated, int times) {
        byte[] gzipHeader = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};
        InputStream first = new ByteArrayInputStream(concat(gzipHeader, deflated(start)));
        byte[] rest = deflated(repeated);
        return new SequenceInputStream(
                first,
                new SequenceInputStream(Collections.enumeration(Collections.nCopies(times, rest).stream()
                        .map(ByteArrayInputStream::new)
                        .toList())));
    }

    /** Fully flushed, so that it can occur anywhere in a stream. */
    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        byte[] output = new byte[content.length + 1000];
        int length = deflater.deflate(output, 0, output.length, Deflater.FULL_FLUSH);
        deflater.end();
        return Arrays.copyOf(output, length);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
