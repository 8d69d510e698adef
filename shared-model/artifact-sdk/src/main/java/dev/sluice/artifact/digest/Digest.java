package dev.sluice.artifact.digest;

import dev.sluice.artifact.concurrent.Interruption;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** A digest in Flux's format, {@code <algorithm>:<hex>}, with lower-case hex of the algorithm's length. Immutable. */
public final class Digest {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final DigestAlgorithm algorithm;
    private final byte[] bytes;

    private Digest(DigestAlgorithm algorithm, byte[] bytes) {
        this.algorithm = algorithm;
        this.bytes = bytes;
    }

    /**
     * Creates a digest from bytes that were computed elsewhere; {@link #ofBytes} computes a digest.
     *
     * @param bytes the digest itself
     * @throws InvalidDigestException if the number of bytes does not match the algorithm
     */
    public static Digest ofRaw(DigestAlgorithm algorithm, byte[] bytes) {
        if (bytes.length != algorithm.length()) {
            throw new InvalidDigestException(
                    "a " + algorithm + " digest has " + algorithm.length() + " bytes, not " + bytes.length);
        }
        return new Digest(algorithm, bytes.clone());
    }

    /** Computes the digest of {@code content}. {@link MultiDigester} computes several digests at once. */
    public static Digest ofBytes(DigestAlgorithm algorithm, byte[] content) {
        Hasher hasher = algorithm.newHasher();
        hasher.update(content, 0, content.length);
        return hasher.digest();
    }

    /**
     * Computes the digest of {@code content}; reads it to its end without closing it.
     *
     * @throws IOException if reading fails
     */
    public static Digest ofStream(DigestAlgorithm algorithm, InputStream content) throws IOException {
        Hasher hasher = algorithm.newHasher();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            Interruption.check();
            hasher.update(buffer, 0, n);
        }
        return hasher.digest();
    }

    /**
     * Parses {@code <algorithm>:<hex>}.
     *
     * @throws InvalidDigestException if the algorithm is missing or unknown, or the hex has a wrong length or a
     *     character other than 0-9 and a-f
     */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidDigestException(
                    "digest \"" + Printable.quote(text) + "\" has no algorithm; use <algorithm>:<hex>");
        }
        return parseHex(DigestAlgorithm.parse(text.substring(0, colon)), text.substring(colon + 1));
    }

    /**
     * Parses {@code <algorithm>:<hex>}, or bare hex as SHA-256, the format of older producers.
     *
     * @throws InvalidDigestException see {@link #parse}
     */
    public static Digest parseOrBareSha256(String text) {
        return text.indexOf(':') < 0 ? parseHex(DigestAlgorithm.SHA256, text) : parse(text);
    }

    private static Digest parseHex(DigestAlgorithm algorithm, String hex) {
        if (hex.length() != algorithm.hexLength()) {
            throw new InvalidDigestException("digest \"" + Printable.quote(hex) + "\" has " + hex.length()
                    + " hex digits, but " + algorithm + " has " + algorithm.hexLength());
        }
        if (!hex.chars().allMatch(Digest::isLowerHex)) {
            throw new InvalidDigestException(
                    "digest \"" + Printable.quote(hex) + "\" has a character that is not lower-case hex (0-9, a-f)");
        }
        return new Digest(algorithm, HexFormat.of().parseHex(hex));
    }

    private static boolean isLowerHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    /** Returns the algorithm. */
    public DigestAlgorithm algorithm() {
        return algorithm;
    }

    /** Returns the digest as lower-case hex. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns a copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Digest other && algorithm == other.algorithm && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@code <algorithm>:<hex>}. */
    @Override
    public String toString() {
        return algorithm + ":" + hex();
    }
}
