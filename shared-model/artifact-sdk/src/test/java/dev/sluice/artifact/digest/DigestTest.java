package dev.sluice.artifact.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DigestTest {

    private static final String ABC_SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    record KnownAnswer(String name, DigestAlgorithm algorithm, String input, String hex) {
        byte[] bytes() {
            return input.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public String toString() {
            return algorithm + " of " + name;
        }
    }

    /** From FIPS 180-4 (NIST examples) and the test vectors of the BLAKE3 reference implementation. */
    static Stream<KnownAnswer> knownAnswers() {
        String abc = "abc";
        String none = "";
        return Stream.of(
                new KnownAnswer("abc", DigestAlgorithm.SHA1, abc, "a9993e364706816aba3e25717850c26c9cd0d89d"),
                new KnownAnswer("abc", DigestAlgorithm.SHA256, abc, ABC_SHA256),
                new KnownAnswer(
                        "nothing",
                        DigestAlgorithm.SHA256,
                        none,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
                new KnownAnswer(
                        "abc",
                        DigestAlgorithm.SHA384,
                        abc,
                        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                                + "8086072ba1e7cc2358baeca134c825a7"),
                new KnownAnswer(
                        "abc",
                        DigestAlgorithm.SHA512,
                        abc,
                        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
                blake3(0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"),
                blake3(1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"),
                blake3(1023, "10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11"),
                blake3(1024, "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"),
                blake3(1025, "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"),
                blake3(102400, "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"));
    }

    /** The vectors' input: 0, 1, … 250, 0, 1, … */
    private static KnownAnswer blake3(int length, String hex) {
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < length; i++) {
            input.append((char) (i % 251));
        }
        return new KnownAnswer(length + " bytes", DigestAlgorithm.BLAKE3, input.toString(), hex);
    }

    @ParameterizedTest
    @MethodSource("knownAnswers")
    void givesThePublishedAnswer(KnownAnswer known) throws IOException {
        assertThat(Digest.ofBytes(known.algorithm, known.bytes()).hex()).isEqualTo(known.hex);
        assertThat(Digest.ofStream(known.algorithm, new ByteArrayInputStream(known.bytes()))
                        .hex())
                .isEqualTo(known.hex);
    }

    @Test
    void parsesWhatItPrints() {
        Digest digest = Digest.parse("sha256:" + ABC_SHA256);

        assertThat(digest.algorithm()).isEqualTo(DigestAlgorithm.SHA256);
        assertThat(digest.hex()).isEqualTo(ABC_SHA256);
        assertThat(digest).hasToString("sha256:" + ABC_SHA256).isEqualTo(Digest.parse(digest.toString()));
    }

    @Test
    void takesBareHexAsSha256OnlyWhereAskedTo() {
        assertThat(Digest.parseOrBareSha256(ABC_SHA256)).hasToString("sha256:" + ABC_SHA256);
        assertThat(Digest.parseOrBareSha256("sha1:a9993e364706816aba3e25717850c26c9cd0d89d")
                        .algorithm())
                .isEqualTo(DigestAlgorithm.SHA1);
        assertThatThrownBy(() -> Digest.parse(ABC_SHA256))
                .isInstanceOf(InvalidDigestException.class)
                .hasMessageContaining("has no algorithm");
    }

    record BadText(String text, String message) {}

    static Stream<BadText> badTexts() {
        return Stream.of(
                new BadText("", "has no algorithm"),
                new BadText("md5:d41d8cd98f00b204e9800998ecf8427e", "unknown digest algorithm \"md5\""),
                new BadText("SHA256:" + ABC_SHA256, "unknown digest algorithm \"SHA256\""),
                new BadText("sha256:" + ABC_SHA256.substring(1), "has 63 hex digits, but sha256 has 64"),
                new BadText("sha256:" + ABC_SHA256 + "0", "has 65 hex digits"),
                new BadText("sha256:", "has 0 hex digits"),
                new BadText("sha256:" + ABC_SHA256.toUpperCase(java.util.Locale.ROOT), "not lower-case hex"),
                new BadText("sha256:" + "g".repeat(64), "not lower-case hex"),
                new BadText("sha256:" + "٣".repeat(64), "not lower-case hex"),
                new BadText("sha256:sha256:" + ABC_SHA256, "has 71 hex digits"));
    }

    @ParameterizedTest
    @MethodSource("badTexts")
    void refusesWhatIsNoDigestAndSaysWhy(BadText bad) {
        assertThatThrownBy(() -> Digest.parse(bad.text))
                .isInstanceOf(InvalidDigestException.class)
                .hasMessageContaining(bad.message);
    }

    @Test
    void keepsErrorsShortAndPrintable() {
        assertThatThrownBy(() -> Digest.parse("\u001b[31m" + "x".repeat(1_000_000) + ":00"))
                .hasMessageContaining("?[31m")
                .message()
                .hasSizeLessThan(400);
    }

    @Test
    void refusesRawBytesOfAWrongLength() {
        assertThatThrownBy(() -> Digest.of(DigestAlgorithm.SHA256, new byte[20]))
                .isInstanceOf(InvalidDigestException.class)
                .hasMessageContaining("has 32 bytes, not 20");
    }

    @Test
    void digestsOfSeveralAlgorithmsComeFromOnePass() {
        byte[] content = "abc".getBytes(StandardCharsets.US_ASCII);
        MultiDigester digester = new MultiDigester(List.of(DigestAlgorithm.values()));
        digester.update(content, 0, 1);
        digester.update(content, 1, 2);

        Map<DigestAlgorithm, Digest> digests = digester.digests();

        assertThat(digests).hasSize(5);
        digests.forEach((algorithm, digest) -> assertThat(digest).isEqualTo(Digest.ofBytes(algorithm, content)));
    }

    @Test
    void streamsDigestWhatPassesThroughThem() throws IOException {
        byte[] content = "hello, world".getBytes(StandardCharsets.US_ASCII);
        Digest expected = Digest.ofBytes(DigestAlgorithm.SHA512, content);

        DigestingInputStream in = new DigestingInputStream(new ByteArrayInputStream(content), DigestAlgorithm.SHA512);
        assertThat(in.read()).isEqualTo('h');
        assertThat(in.skip(4)).isEqualTo(4);
        assertThat(in.readAllBytes()).hasSize(7);
        assertThat(in.skip(1)).isZero();
        assertThat(in.count()).isEqualTo(12);
        assertThat(in.digest()).isEqualTo(expected);

        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        DigestingOutputStream out = new DigestingOutputStream(copy, DigestAlgorithm.SHA512);
        out.write('h');
        out.write(content, 1, 11);
        assertThat(out.count()).isEqualTo(12);
        assertThat(out.digest()).isEqualTo(expected);
        assertThat(copy.toByteArray()).isEqualTo(content);
    }

    @Test
    void verifyingStreamEndsIfTheDigestIsRight() throws IOException {
        byte[] content = {1, 2, 3};
        InputStream in = verifying(content, Digest.ofBytes(DigestAlgorithm.BLAKE3, content));

        assertThat(in.readAllBytes()).isEqualTo(content);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void verifyingStreamFailsAtTheEndAndKeepsFailingIfTheDigestIsWrong() throws IOException {
        Digest expected = Digest.ofBytes(DigestAlgorithm.SHA256, new byte[0]);
        InputStream in = verifying(new byte[] {1, 2, 3}, expected);
        assertThat(in.readNBytes(3)).hasSize(3);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(in::read)
                    .isInstanceOfSatisfying(
                            DigestMismatchException.class,
                            e -> assertThat(e.expected()).isEqualTo(expected))
                    .hasMessageStartingWith("the content has the digest \"sha256:039058");
        }
    }

    private static InputStream verifying(byte[] content, Digest expected) {
        return new VerifyingInputStream(new ByteArrayInputStream(content), "the content", expected);
    }
}
