package dev.sluice.artifact.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The digest algorithms that Flux supports. */
public enum DigestAlgorithm {
    /** Only for Git revisions; consumers of artifacts cannot verify it. */
    SHA1("sha1", 20, "SHA-1"),
    /** Flux's default. */
    SHA256("sha256", 32, "SHA-256"),
    /** SHA-2 with 384 bits. */
    SHA384("sha384", 48, "SHA-384"),
    /** SHA-2 with 512 bits. */
    SHA512("sha512", 64, "SHA-512"),
    /** BLAKE3 in hash mode with the default output of 32 bytes. */
    BLAKE3("blake3", 32, "");

    private final String id;
    private final int length;
    private final String jcaName;

    DigestAlgorithm(String id, int length, String jcaName) {
        this.id = id;
        this.length = length;
        this.jcaName = jcaName;
    }

    /** Returns the lower-case identifier in a digest, for example {@code sha256}. */
    public String id() {
        return id;
    }

    /** Returns the number of hex digits of a digest. */
    public int hexLength() {
        return 2 * length;
    }

    /** Returns the number of bytes of a digest. */
    int length() {
        return length;
    }

    /** Creates a hasher, which is not thread-safe. */
    public Hasher newHasher() {
        if (this == BLAKE3) {
            return new Blake3Hasher();
        }
        try {
            return new MessageDigestHasher(this, MessageDigest.getInstance(jcaName));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks the digest algorithm " + jcaName, e);
        }
    }

    /**
     * Finds an algorithm by its case-sensitive identifier.
     *
     * @throws InvalidDigestException if the identifier is unknown
     */
    public static DigestAlgorithm parse(String id) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.id.equals(id)) {
                return algorithm;
            }
        }
        throw new InvalidDigestException(
                "unknown digest algorithm \"" + Printable.quote(id) + "\"; use one of " + ids());
    }

    private static String ids() {
        return Arrays.stream(values()).map(DigestAlgorithm::id).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return id;
    }
}
