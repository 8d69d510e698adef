package dev.sluice.artifact.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of headers that few programs write. */
class TarFormatsTest {

    private static final int GZIP_HEADER = 10;
    private static final int BLOCK = TarBuilder.BLOCK;

    @TempDir
    Path directory;

    /** 2: a checksum of the header; 4: an extra field, here of more than 255 bytes; 8: a name; 16: a comment. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 8, 16, 31})
    void theOptionalFieldsOfAGzipHeaderAreSkipped(int flags) throws IOException {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        if ((flags & 4) != 0) {
            fields.writeBytes(new byte[] {0x04, 0x01});
            byte[] extra = new byte[0x104];
            Arrays.fill(extra, (byte) 0xff);
            fields.writeBytes(extra);
        }
        for (int text : new int[] {8, 16}) {
            if ((flags & text) != 0) {
                fields.writeBytes("name or comment\0".getBytes(StandardCharsets.US_ASCII));
            }
        }
        if ((flags & 2) != 0) {
            fields.writeBytes(new byte[] {(byte) 0xab, (byte) 0xcd});
        }

        assertThat(index(gzip(8, flags, fields.toByteArray())).nodes())
                .extracting(node -> node.path().toString())
                .containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({"7, 0", "9, 0", "8, 32", "8, 64", "8, 128"})
    void anotherMethodAndReservedFlagsAreRefused(int method, int flags) {
        assertThatThrownBy(() -> index(gzip(method, flags, new byte[0])))
                .isInstanceOf(MalformedArchiveException.class)
                .hasMessage("archive has an unsupported gzip header");
    }

    /** An archive of one file, with this header in place of the usual one. */
    private static byte[] gzip(int method, int flags, byte[] fields) {
        byte[] usual = new TarBuilder().file("a", "x").tarGz();
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(new byte[] {0x1f, (byte) 0x8b, (byte) method, (byte) flags, 0, 0, 0, 0, 0, 0});
        archive.writeBytes(fields);
        archive.write(usual, GZIP_HEADER, usual.length - GZIP_HEADER);
        return archive.toByteArray();
    }

    @Test
    void thePrefixOfTheStarFormatEndsBeforeItsTimes() throws IOException {
        byte[] star = new TarBuilder()
                .entry("name".getBytes(StandardCharsets.US_ASCII), '0', new byte[0], header -> {
                    TarBuilder.put(header, 345, "p".repeat(131));
                    TarBuilder.put(header, 476, "12345670123 12345670123 ");
                    TarBuilder.put(header, 508, "tar\0");
                })
                .tarGz();

        assertThat(index(star).nodes())
                .extracting(node -> node.path().toString())
                .contains("p".repeat(131) + "/name");
    }

    @Test
    void aSizeOfTwelveOctalDigitsIsInAPaxHeader() throws IOException {
        byte[] largest = header("a", TarHeader.MAX_USTAR_SIZE);
        byte[] larger = header("a", TarHeader.MAX_USTAR_SIZE + 1);

        assertThat(largest).hasSize(BLOCK);
        assertThat(text(largest, 124, 12)).isEqualTo("77777777777\0");
        assertThat(larger).hasSize(3 * BLOCK);
        assertThat(text(larger, BLOCK, 19)).isEqualTo("19 size=8589934592\n");
        assertThat(text(larger, 2 * BLOCK + 124, 12))
                .as("readers take the other one")
                .isEqualTo("00000000000\0");
    }

    /** The longest in one field; in two, divided at the last slash that leaves both parts short enough; and beyond. */
    @ParameterizedTest
    @CsvSource({"0, 100, 1", "155, 100, 1", "156, 100, 3", "155, 101, 3", "1, 100, 1"})
    void aNameFillsBothFieldsBeforeItNeedsAPaxHeader(int prefix, int name, int blocks) throws IOException {
        String path = (prefix == 0 ? "" : "p".repeat(prefix) + "/") + "n".repeat(name);

        byte[] header = header(path, 0);

        assertThat(header).hasSize(blocks * BLOCK);
        assertThat(index(TarBuilder.gzip(Arrays.copyOf(header, (blocks + 2) * BLOCK)))
                        .nodes())
                .extracting(node -> node.path().toString())
                .contains(path);
    }

    /** Records of exactly one block, and of one byte more. */
    @ParameterizedTest
    @CsvSource({"502, 3", "503, 4"})
    void thePaxRecordsFillWholeBlocks(int name, int blocks) throws IOException {
        assertThat(header("n".repeat(name), 0)).hasSize(blocks * BLOCK);
    }

    private static byte[] header(String path, long size) throws IOException {
        Blob blob = new Blob() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream openStream() {
                throw new AssertionError("headers need no content");
            }
        };
        FileEntry entry = new FileEntry(false, Digest.ofBytes(DigestAlgorithm.SHA256, new byte[0]), blob);
        return TarHeader.of(new FileTree.Node(TreePath.of(path), entry)).toBytes();
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private FileTree index(byte[] archive) throws IOException {
        try (SpoolFile spool = SpoolFile.create(directory.resolve("spool"))) {
            return TarGzReader.index(new ByteArrayInputStream(archive), spool, UnpackOptions.untrusted());
        }
    }
}
