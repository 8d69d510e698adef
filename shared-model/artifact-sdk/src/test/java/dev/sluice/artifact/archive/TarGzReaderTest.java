package dev.sluice.artifact.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.DirectoryEntry;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.PathConflictException;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that the reader refuses, and unusual input that it accepts. */
class TarGzReaderTest {

    private static final UnpackOptions FLUX = UnpackOptions.fluxSource(1000);
    private static final UnpackOptions UNTRUSTED = UnpackOptions.untrusted();

    @TempDir
    Path directory;

    private SpoolFile spool;

    @BeforeEach
    void createSpool() throws IOException {
        spool = SpoolFile.create(directory.resolve("spool"));
    }

    @AfterEach
    void closeSpool() throws IOException {
        spool.close();
    }

    record Refused(String what, TarBuilder archive, Class<? extends IOException> by, String message) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Refused> badNames() {
        Stream<Refused> byHeader = Stream.of(
                        "/etc/passwd",
                        "//etc",
                        "../a",
                        "a/../b",
                        "a/../../b",
                        "a../b",
                        "..",
                        "a/..",
                        "..\\a",
                        "a\\b",
                        "\\")
                .flatMap(name -> Stream.of(
                        refusedName("header: " + name, new TarBuilder().file(name, "x")),
                        refusedName(
                                "PAX: " + name,
                                new TarBuilder().pax("path", name).file("a", "x")),
                        refusedName(
                                "GNU: " + name,
                                new TarBuilder().gnuLongName(name).file("a", "x")),
                        refusedName("directory: " + name, new TarBuilder().directory(name + "/")),
                        refusedName("link: " + name, new TarBuilder().link('2', name, "x"))));
        Stream<Refused> others = Stream.of(
                refusedName("empty", new TarBuilder().file("", "x")),
                refusedName("empty by GNU", new TarBuilder().gnuLongName("").file("a", "x")),
                refusedName("NUL by PAX", new TarBuilder().pax("path", "a\0b").file("a", "x")),
                refusedName("NUL by GNU", new TarBuilder().gnuLongName("a\0b").file("a", "x")),
                refusedName("file named as the root", new TarBuilder().file(".", "x")),
                refusedName("directory ending in dots", new TarBuilder().directory("a..")),
                refusedName(
                        "absolute by prefix",
                        new TarBuilder()
                                .entry(
                                        ascii("passwd"),
                                        '0',
                                        new byte[0],
                                        header -> TarBuilder.put(header, 345, "/etc"))),
                refusedName(
                        "up by prefix",
                        new TarBuilder()
                                .entry(ascii("b"), '0', new byte[0], header -> TarBuilder.put(header, 345, "a/.."))));
        return Stream.concat(byHeader, others);
    }

    private static Refused refusedName(String what, TarBuilder archive) {
        return new Refused(what, archive, UnsafePathException.class, "unsafe path");
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void refusesUnsafeNames(Refused refused) {
        assertRefused(refused, FLUX);
        assertRefused(refused, UNTRUSTED);
    }

    static Stream<Refused> badKinds() {
        return Stream.of(
                kind("hard link", new TarBuilder().link('1', "bad", "target"), "\"bad\" is a hard link"),
                kind("hard link out", new TarBuilder().link('1', "bad", "../../etc/passwd"), "\"bad\" is a hard link"),
                kind("hard link to an absolute name", new TarBuilder().link('1', "bad", "/etc/passwd"), "hard link"),
                kind("character device", new TarBuilder().entry("bad", '3', new byte[0]), "\"bad\" is a device"),
                kind("block device", new TarBuilder().entry("bad", '4', new byte[0]), "\"bad\" is a device"),
                kind("fifo", new TarBuilder().entry("bad", '6', new byte[0]), "\"bad\" is a fifo"),
                kind("GNU sparse", new TarBuilder().entry("bad", 'S', new byte[0]), "\"bad\" is a sparse file"),
                kind("GNU multi-volume", new TarBuilder().entry("bad", 'M', new byte[0]), "unknown type"),
                kind("GNU dumpdir", new TarBuilder().entry("bad", 'D', new byte[0]), "unknown type"),
                kind("PAX sparse 0.0", sparse("GNU.sparse.offset", "0"), "contains a sparse file"),
                kind("PAX sparse 0.1", sparse("GNU.sparse.map", "0,1"), "contains a sparse file"),
                kind("PAX sparse 1.0", sparse("GNU.sparse.major", "1"), "contains a sparse file"),
                kind("symlink with content", new TarBuilder().entry("bad", '2', new byte[1]), "\"bad\""),
                kind("file named as a directory", new TarBuilder().file("bad/", "x"), "\"bad/\" has content"),
                kind("name not UTF-8", notUtf8(new byte[] {'b', (byte) 0xff}), "not UTF-8"),
                kind("overlong slash", notUtf8(new byte[] {'.', '.', (byte) 0xc0, (byte) 0xaf, 'a'}), "not UTF-8"),
                kind("surrogate", notUtf8(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}), "not UTF-8"),
                kind("PAX name not UTF-8", paxNotUtf8(), "not UTF-8"),
                kind(
                        "two PAX headers",
                        new TarBuilder().pax("a", "b").pax("a", "b").file("f", ""),
                        "two extended"),
                kind(
                        "two GNU names",
                        new TarBuilder().gnuLongName("a").gnuLongName("b").file("f", ""),
                        "two extended"),
                kind("PAX header without an entry", new TarBuilder().pax("a", "b"), "no entry follows"),
                kind("PAX record without length", rawPax("path=x\n"), "malformed"),
                kind("PAX record too long", rawPax("99 path=x\n"), "malformed"),
                kind("PAX record with a huge length", rawPax("999999999999999999999 path=x\n"), "malformed"),
                kind("PAX record without newline", rawPax("8 path=x"), "malformed"),
                kind("PAX record without equals", rawPax("7 path\n"), "malformed"),
                kind("PAX size not a number", new TarBuilder().pax("size", "x").file("bad", ""), ""),
                kind("PAX size negative", new TarBuilder().pax("size", "-1").file("bad", ""), ""),
                kind("wrong checksum", wrongChecksum(), "checksum"),
                kind("wrong checksum of a PAX header", wrongPaxChecksum(), "checksum"),
                kind("size not a number", header(bytes -> TarBuilder.put(bytes, 124, "xyz")), ""),
                kind("size negative", header(bytes -> Arrays.fill(bytes, 124, 136, (byte) 0xff)), ""),
                kind("mode not a number", header(bytes -> TarBuilder.put(bytes, 100, "rwx")), ""));
    }

    private static Refused kind(String what, TarBuilder archive, String message) {
        return new Refused(what, archive, IOException.class, message);
    }

    private static TarBuilder sparse(String key, String value) {
        return new TarBuilder().pax(key, value).file("bad", "x");
    }

    private static TarBuilder notUtf8(byte[] name) {
        return new TarBuilder().entry(name, '0', new byte[0], header -> {});
    }

    private static TarBuilder paxNotUtf8() {
        byte[] record = TarBuilder.record("path", new byte[] {'a', (byte) 0x80});
        return new TarBuilder().entry("PaxHeader", 'x', record).file("a", "x");
    }

    private static TarBuilder rawPax(String records) {
        return new TarBuilder().entry("PaxHeader", 'x', ascii(records)).file("a", "x");
    }

    private static TarBuilder header(Consumer<byte[]> change) {
        return new TarBuilder().entry(ascii("bad"), '0', new byte[0], change);
    }

    private static TarBuilder wrongChecksum() {
        byte[] tar = new TarBuilder().file("bad", "").tarWithoutEnd();
        tar[0] = 'x';
        return new TarBuilder().raw(tar);
    }

    private static TarBuilder wrongPaxChecksum() {
        byte[] tar = new TarBuilder().pax("a", "b").file("bad", "").tarWithoutEnd();
        tar[0] = 'x';
        return new TarBuilder().raw(tar);
    }

    @ParameterizedTest
    @MethodSource("badKinds")
    void refusesDamagedEntriesAndOtherKindsOfFiles(Refused refused) {
        assertRefused(refused, FLUX);
        assertRefused(refused, UNTRUSTED);
    }

    private void assertRefused(Refused refused, UnpackOptions options) {
        assertThatThrownBy(() -> index(refused.archive.tarGz(), options))
                .isInstanceOf(refused.by)
                .hasMessageContaining(refused.message);
    }

    @Test
    void refusesOrSkipsSymbolicLinks() throws Exception {
        byte[] archive = new TarBuilder()
                .link('2', "in", "target")
                .link('2', "out", "/etc/passwd")
                .link('2', "up", "../../etc/passwd")
                .file("target", "x")
                .tarGz();

        assertThat(paths(index(archive, FLUX))).containsExactly("target");
        assertThatThrownBy(() -> index(archive, UNTRUSTED))
                .isInstanceOf(MalformedArchiveException.class)
                .hasMessageContaining("\"in\" is a symbolic link");
    }

    @Test
    void doesNotFollowASkippedLink() throws Exception {
        byte[] archive = new TarBuilder()
                .link('2', "dir", "/etc")
                .file("dir/passwd", "x")
                .tarGz();

        assertThat(paths(index(archive, FLUX))).containsExactly("dir", "dir/passwd");
    }

    @Test
    void refusesAFileOverADirectoryAndTheReverse() {
        byte[] fileOver = new TarBuilder().file("a/b", "x").file("a", "y").tarGz();
        byte[] directoryOver = new TarBuilder().file("a", "x").file("a/b", "y").tarGz();

        assertThatThrownBy(() -> index(fileOver, FLUX)).isInstanceOf(PathConflictException.class);
        assertThatThrownBy(() -> index(directoryOver, FLUX)).isInstanceOf(PathConflictException.class);
    }

    @Test
    void lastContentOfADuplicateNameWins() throws Exception {
        byte[] archive = new TarBuilder()
                .file("a", "first")
                .entry(ascii("./a"), '0', ascii("second"), header -> TarBuilder.put(header, 100, "0000755\0"))
                .directory("d")
                .directory("d/")
                .tarGz();

        FileTree tree = index(archive, UNTRUSTED);

        assertThat(tree.get(TreePath.of("a"))).contains(FileEntry.of(true, ascii("second")));
        assertThat(tree.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "./a/b", "a//b", "a/./b", ".//a/b"})
    void normalizesPathsLikeTar(String name) throws Exception {
        byte[] archive = new TarBuilder().directory("./").file(name, "x").tarGz();

        assertThat(paths(index(archive, UNTRUSTED))).containsExactly("a", "a/b");
    }

    @Test
    void readsLongAndNonAsciiNames() throws Exception {
        String longName = "d/".repeat(150) + "ü𝒳".repeat(40);
        byte[] archive = new TarBuilder()
                .pax("path", longName + "-pax", "mtime", "1.5", "comment", "\ufffd")
                .file("short", "1")
                .gnuLongName(longName + "-gnu")
                .file("short", "2")
                .pax("path", "replacement-\ufffd")
                .file("short", "3")
                .entry(ascii("name"), '0', ascii("4"), header -> TarBuilder.put(header, 345, "the/prefix"))
                .entry(ascii("gnu"), '0', ascii("5"), header -> {
                    TarBuilder.put(header, 257, "ustar  \0");
                    TarBuilder.put(header, 345, "00000000000");
                })
                .tarGz();

        FileTree tree = index(archive, UNTRUSTED);

        assertThat(content(tree, longName + "-pax")).isEqualTo("1");
        assertThat(content(tree, longName + "-gnu")).isEqualTo("2");
        assertThat(content(tree, "replacement-\ufffd")).isEqualTo("3");
        assertThat(content(tree, "the/prefix/name")).isEqualTo("4");
        assertThat(content(tree, "gnu")).isEqualTo("5");
    }

    @Test
    void readsGnuNamesWhoseShortFormEndsInASlash() throws Exception {
        String name = "a".repeat(99) + "/file";
        byte[] archive = new TarBuilder()
                .gnuLongName(name)
                .file("a".repeat(99) + "/", "x")
                .file("next", "y")
                .tarGz();

        FileTree tree = index(archive, UNTRUSTED);

        assertThat(content(tree, name)).isEqualTo("x");
        assertThat(content(tree, "next")).isEqualTo("y");
    }

    @Test
    void skipsGlobalHeadersWithoutApplyingThem() throws Exception {
        byte[] archive = new TarBuilder()
                .pax('g', "comment", "5b2a", "path", "../evil", "size", "7", "GNU.sparse.major", "1")
                .file("a", "x")
                .tarGz();

        assertThat(content(index(archive, UNTRUSTED), "a")).isEqualTo("x");
    }

    @Test
    void readsTheSizeFromAPaxHeader() throws Exception {
        byte[] archive = new TarBuilder()
                .pax("size", "5")
                .entry(ascii("a"), '0', ascii("12345"), header -> TarBuilder.size(header, 0))
                .file("b", "x")
                .tarGz();

        assertThat(content(index(archive, UNTRUSTED), "a")).isEqualTo("12345");
    }

    @Test
    void countsAnyExecutableBitAndNoOtherMode() throws Exception {
        TarBuilder archive = new TarBuilder();
        for (String mode : new String[] {"0000100", "0000010", "0000001", "0007666", "0000000"}) {
            archive.entry(ascii(mode), '0', ascii("x"), header -> TarBuilder.put(header, 100, mode));
        }

        FileTree tree = index(archive.tarGz(), UNTRUSTED);

        assertThat(tree.nodes().stream().filter(node -> node.entry() instanceof FileEntry file && file.executable()))
                .extracting(node -> node.path().toString())
                .containsExactly("0000001", "0000010", "0000100");
    }

    @Test
    void acceptsOldHeadersAndDirectoriesMarkedByASlash() throws Exception {
        byte[] archive = new TarBuilder()
                .entry(ascii("old"), '\0', ascii("x"), header -> Arrays.fill(header, 257, 512, (byte) 0))
                .entry("contiguous", '7', ascii("x"))
                .entry("dir/", '\0', new byte[0])
                .entry(ascii("sized"), '5', new byte[0], header -> TarBuilder.size(header, 4096))
                .file("last", "x")
                .tarGz();

        FileTree tree = index(archive, UNTRUSTED);

        assertThat(paths(tree)).containsExactly("contiguous", "dir", "last", "old", "sized");
        assertThat(tree.get(TreePath.of("dir"))).contains(DirectoryEntry.INSTANCE);
    }

    @Test
    void acceptsOnlyArchivesTruncatedAfterAnEntry() throws Exception {
        byte[] tar = new TarBuilder()
                .file("a", "x".repeat(700))
                .pax("path", "n".repeat(300))
                .file("b", "y")
                .tar();
        // header, two blocks | PAX header, one block, header, one block | end
        for (int length = 0; length <= tar.length; length += 128) {
            byte[] archive = TarBuilder.gzip(Arrays.copyOf(tar, length));
            boolean whole = length == 0 || length == 3 * 512 || length == 7 * 512 || length >= 8 * 512;
            if (whole) {
                assertThat(index(archive, UNTRUSTED)).as("%d bytes", length).isNotNull();
            } else {
                assertThatThrownBy(() -> index(archive, UNTRUSTED))
                        .as("%d bytes", length)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("truncated");
            }
        }
    }

    @Test
    void refusesATruncatedGzipStream() {
        byte[] archive = new TarBuilder().file("a", "hello".repeat(100)).tarGz();
        for (int length = 0; length < archive.length; length++) {
            byte[] cut = Arrays.copyOf(archive, length);
            for (UnpackOptions options : new UnpackOptions[] {FLUX, UNTRUSTED}) {
                assertThatThrownBy(() -> index(cut, options))
                        .as("%d of %d bytes", length, archive.length)
                        .isInstanceOf(MalformedArchiveException.class);
            }
        }
    }

    @Test
    void refusesInputThatIsNotGzip() {
        assertThatThrownBy(() -> index(new TarBuilder().file("a", "x").tar(), FLUX))
                .isInstanceOf(MalformedArchiveException.class)
                .hasMessageContaining("not gzip");
        assertThatThrownBy(() -> index(ascii("<html>"), FLUX)).hasMessageContaining("not gzip");
        assertThatThrownBy(() -> index(new byte[0], FLUX)).hasMessageContaining("not gzip");
        assertThatThrownBy(() -> index(TarBuilder.gzip(ascii("x".repeat(512))), FLUX))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesDamagedGzipData() {
        byte[] archive = new TarBuilder().file("a", "hello".repeat(100)).tarGz();
        for (int i : new int[] {2, 3, archive.length / 2, archive.length - 6, archive.length - 2}) {
            byte[] damaged = archive.clone();
            damaged[i] ^= (byte) 0xff;
            assertThatThrownBy(() -> index(damaged, FLUX)).as("byte %d", i).isInstanceOf(IOException.class);
        }
    }

    @Test
    void acceptsSeveralGzipMembersWithFieldsAndZeroPadding() throws Exception {
        byte[] tar = new TarBuilder().file("a", "x".repeat(2000)).tar();
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(withFields(TarBuilder.gzip(Arrays.copyOf(tar, 700))));
        archive.writeBytes(TarBuilder.gzip(new byte[0]));
        archive.writeBytes(TarBuilder.gzip(Arrays.copyOfRange(tar, 700, tar.length)));
        archive.writeBytes(TarBuilder.gzip(new byte[10_240]));
        archive.writeBytes(new byte[1000]);

        assertThat(content(index(archive.toByteArray(), UNTRUSTED), "a")).hasSize(2000);
        assertThat(content(index(archive.toByteArray(), FLUX), "a")).hasSize(2000);
    }

    /** Adds an extra field, name, comment and header checksum. */
    private static byte[] withFields(byte[] gzip) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 4 | 8 | 16 | 2, 1, 2, 3, 4, 0, 3});
        out.writeBytes(new byte[] {3, 0, 'x', 'y', 'z'});
        out.writeBytes(ascii("name.tar\0comment\0"));
        out.writeBytes(new byte[] {0, 0});
        out.writeBytes(Arrays.copyOfRange(gzip, 10, gzip.length));
        return out.toByteArray();
    }

    @Test
    void acceptsAMissingOrPartialEndMarker() throws Exception {
        TarBuilder archive = new TarBuilder().file("a", "x");

        assertThat(paths(index(TarBuilder.gzip(archive.tarWithoutEnd()), UNTRUSTED)))
                .containsExactly("a");
        assertThat(paths(index(archive.raw(new byte[512]).tarGz(), UNTRUSTED))).containsExactly("a");
        assertThat(index(TarBuilder.gzip(new byte[0]), UNTRUSTED)).isEqualTo(FileTree.empty());
    }

    static Stream<byte[]> archivesWithTail() {
        byte[] tar = new TarBuilder().file("a", "x").tar();
        byte[] longTar =
                new TarBuilder().file("a", "x".repeat(128 * 1024 - 512)).tarWithoutEnd();
        return Stream.of(
                concat(TarBuilder.gzip(tar), ascii("garbage")),
                concat(TarBuilder.gzip(tar), new byte[100], ascii("garbage")),
                concat(
                        TarBuilder.gzip(tar),
                        TarBuilder.gzip(new TarBuilder().file("b", "y").tar())),
                TarBuilder.gzip(concat(tar, ascii("garbage"))),
                TarBuilder.gzip(concat(tar, new byte[100_000], ascii("g"))),
                concat(TarBuilder.gzip(concat(longTar, new byte[128 * 1024])), ascii("garbage")));
    }

    @ParameterizedTest
    @MethodSource("archivesWithTail")
    void ignoresOrRefusesTrailingBytes(byte[] archive) throws Exception {
        assertThat(paths(index(archive, FLUX))).containsExactly("a");
        assertThatThrownBy(() -> index(archive, UNTRUSTED)).isInstanceOf(MalformedArchiveException.class);
    }

    @Test
    void doesNotCloseTheStream() throws Exception {
        byte[] archive = new TarBuilder().file("a", "x").tarGz();
        InputStream in = new ByteArrayInputStream(archive) {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };

        assertThat(TarGzReader.index(in, spool, FLUX).size()).isEqualTo(1);
    }

    @Test
    void passesOnFailuresOfTheStream() {
        byte[] half = Arrays.copyOf(new TarBuilder().file("a", "x").tarGz(), 20);
        IOException failure = new IOException("disk failed");
        InputStream in = new SequenceInputStream(new ByteArrayInputStream(half), new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                throw failure;
            }
        });

        assertThatThrownBy(() -> TarGzReader.index(in, spool, FLUX)).isSameAs(failure);
    }

    private FileTree index(byte[] archive, UnpackOptions options) throws IOException {
        return TarGzReader.index(new ByteArrayInputStream(archive), spool, options);
    }

    private static String content(FileTree tree, String path) throws IOException {
        FileEntry file = (FileEntry) tree.get(TreePath.of(path)).orElseThrow();
        return new String(file.blob().readAll(1 << 20), StandardCharsets.UTF_8);
    }

    private static Stream<String> paths(FileTree tree) {
        return tree.nodes().stream().map(node -> node.path().toString());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
