package dev.sluice.artifact.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    /** The two-block message in the examples of FIPS 180-4 for algorithms with 512-bit blocks. */
    private static final String BITS_448 = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

    /** The same for algorithms with 1024-bit blocks. */
    private static final String BITS_896 = "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
            + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

    private static final String MILLION_A = "a".repeat(1_000_000);

    /** From the examples of FIPS 180-4 (NIST) and the test vectors of the BLAKE3 reference implementation. */
    static Stream<KnownAnswer> knownAnswers() {
        return Stream.of(
                sha1("nothing", "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
                sha1("abc", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
                sha1("448 bits", BITS_448, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
                sha1("a million a", MILLION_A, "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
                sha256("nothing", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
                sha256("abc", "abc", ABC_SHA256),
                sha256("448 bits", BITS_448, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
                sha256("a million a", MILLION_A, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
                sha384(
                        "abc",
                        "abc",
                        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                                + "8086072ba1e7cc2358baeca134c825a7"),
                sha384(
                        "896 bits",
                        BITS_896,
                        "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712"
                                + "fcc7c71a557e2db966c3e9fa91746039"),
                sha384(
                        "a million a",
                        MILLION_A,
                        "9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b"
                                + "07b8b3dc38ecc4ebae97ddd87f3d8985"),
                sha512(
                        "abc",
                        "abc",
                        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
                sha512(
                        "896 bits",
                        BITS_896,
                        "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
                                + "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"),
                sha512(
                        "a million a",
                        MILLION_A,
                        "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
                                + "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b"),
                blake3(0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"),
                blake3(1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"),
                blake3(1023, "10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11"),
                blake3(1024, "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"),
                blake3(1025, "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"),
                blake3(2048, "e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a"),
                blake3(31744, "62b6960e1a44bcc1eb1a611a8d6235b6b4b78f32e7abc4fb4c6cdcce94895c47"),
                blake3(102400, "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"));
    }

    private static KnownAnswer sha1(String name, String input, String hex) {
        return new KnownAnswer(name, DigestAlgorithm.SHA1, input, hex);
    }

    private static KnownAnswer sha256(String name, String input, String hex) {
        return new KnownAnswer(name, DigestAlgorithm.SHA256, input, hex);
    }

    private static KnownAnswer sha384(String name, String input, String hex) {
        return new KnownAnswer(name, DigestAlgorithm.SHA384, input, hex);
    }

    private static KnownAnswer sha512(String name, String input, String hex) {
        return new KnownAnswer(name, DigestAlgorithm.SHA512, input, hex);
    }

    /** The input of the test vectors: 0, 1, … 250, 0, 1, … */
    private static KnownAnswer blake3(int length, String hex) {
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < length; i++) {
            input.append((char) (i % 251));
        }
        return new KnownAnswer(length + " bytes", DigestAlgorithm.BLAKE3, input.toString(), hex);
    }

    @Test
    void everyAlgorithmHasAPublishedAnswer() {
        assertThat(knownAnswers().map(KnownAnswer::algorithm)).contains(DigestAlgorithm.values());
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
    void everyAlgorithmIsFoundByItsIdentifier() {
        assertThat(DigestAlgorithm.values())
                .allSatisfy(algorithm ->
                        assertThat(DigestAlgorithm.parse(algorithm.id())).isEqualTo(algorithm));
    }

    @Test
    void equalDigestsHaveOneHash() {
        assertThat(Digest.parse("sha256:" + ABC_SHA256))
                .hasSameHashCodeAs(Digest.parseOrBareSha256(ABC_SHA256))
                .doesNotHaveSameHashCodeAs(Digest.ofBytes(DigestAlgorithm.SHA256, new byte[0]));
    }

    @Test
    void anInterruptEndsTheReadingOfAStream() {
        for (DigestedStream computation : List.<DigestedStream>of(
                in -> Digest.ofStream(DigestAlgorithm.SHA256, in),
                in -> MultiDigester.ofStream(List.of(DigestAlgorithm.SHA256), in))) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> computation.of(new ByteArrayInputStream(new byte[1])))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).as("the flag stays").isTrue();
        }
    }

    private interface DigestedStream {
        Object of(InputStream in) throws IOException;
    }

    @Test
    void digestsOfNoAlgorithmAreACallersMistake() {
        assertThatThrownBy(() -> new MultiDigester(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no digest algorithm given");
    }

    @Test
    void parsesWhatItPrints() {
        Digest digest = Digest.parse("sha256:" + ABC_SHA256);

        assertThat(digest.algorithm()).isEqualTo(DigestAlgorithm.SHA256);
        assertThat(digest.hex()).isEqualTo(ABC_SHA256);
        assertThat(digest).hasToString("sha256:" + ABC_SHA256).isEqualTo(Digest.parse(digest.toString()));
    }

    @Test
    void parsesBareHexAsSha256OnlyOnRequest() {
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
                new BadText(":00", "unknown digest algorithm \"\""),
                new BadText(
                        "md5:d41d8cd98f00b204e9800998ecf8427e",
                        "unknown digest algorithm \"md5\"; use one of sha1, sha256, sha384, sha512, blake3"),
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
    void refusesInvalidDigestsWithAReason(BadText bad) {
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
    void refusesBytesOfAWrongLength() {
        assertThatThrownBy(() -> Digest.ofRaw(DigestAlgorithm.SHA256, new byte[20]))
                .isInstanceOf(InvalidDigestException.class)
                .hasMessageContaining("has 32 bytes, not 20");
    }

    @Test
    void computesSeveralDigestsInOnePass() throws IOException {
        byte[] content = "abc".getBytes(StandardCharsets.US_ASCII);
        MultiDigester digester = new MultiDigester(List.of(DigestAlgorithm.values()));
        digester.update(content, 0, 1);
        digester.update(content, 1, 2);

        Map<DigestAlgorithm, Digest> digests = digester.digests();

        assertThat(digests).hasSize(5);
        digests.forEach((algorithm, digest) -> assertThat(digest).isEqualTo(Digest.ofBytes(algorithm, content)));
        assertThat(MultiDigester.ofStream(digests.keySet(), new ByteArrayInputStream(content)))
                .isEqualTo(digests);
    }

    @Test
    void streamsComputeTheDigestOfTheirContent() throws IOException {
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
    void streamsSkipTheGivenNumberOfBytes() throws IOException {
        byte[] content = new byte[20_000];
        new Random(1).nextBytes(content);
        DigestingInputStream in = new DigestingInputStream(new ByteArrayInputStream(content), DigestAlgorithm.SHA256);

        assertThat(in.skip(-1)).isZero();
        assertThat(in.skip(10_000)).as("more than its buffer").isEqualTo(10_000);
        assertThat(in.read()).isEqualTo(content[10_000] & 0xff);
        assertThat(in.skip(20_000)).isEqualTo(9_999);
        assertThat(in.count()).isEqualTo(20_000);
        assertThat(in.digest()).isEqualTo(Digest.ofBytes(DigestAlgorithm.SHA256, content));
        assertThat(in.markSupported()).isFalse();
        assertThatThrownBy(in::reset).isInstanceOf(IOException.class);
    }

    @Test
    void verifyingStreamEndsIfTheDigestMatches() throws IOException {
        byte[] content = {1, 2, 3};
        InputStream in = verifying(content, Digest.ofBytes(DigestAlgorithm.BLAKE3, content));

        assertThat(in.readAllBytes()).isEqualTo(content);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void verifyingStreamFailsAtTheEndIfTheDigestDoesNotMatch() throws IOException {
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
