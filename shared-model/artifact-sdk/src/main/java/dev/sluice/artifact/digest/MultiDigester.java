package dev.sluice.artifact.digest;

import dev.sluice.artifact.concurrent.Interruption;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/** Computes digests of several algorithms in one pass. Not thread-safe. */
public final class MultiDigester {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Map<DigestAlgorithm, Hasher> hashers = new EnumMap<>(DigestAlgorithm.class);

    /**
     * Creates a hasher for each algorithm; duplicates count once.
     *
     * @throws IllegalArgumentException if there is no algorithm
     */
    public MultiDigester(Collection<DigestAlgorithm> algorithms) {
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("no digest algorithm given");
        }
        for (DigestAlgorithm algorithm : EnumSet.copyOf(algorithms)) {
            hashers.put(algorithm, algorithm.newHasher());
        }
    }

    /**
     * Computes the digests of a stream; reads it to its end without closing it.
     *
     * @throws IllegalArgumentException if there is no algorithm
     * @throws IOException if reading fails
     */
    public static Map<DigestAlgorithm, Digest> ofStream(Collection<DigestAlgorithm> algorithms, InputStream content)
            throws IOException {
        MultiDigester digester = new MultiDigester(algorithms);
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            Interruption.check();
            digester.update(buffer, 0, n);
        }
        return digester.digests();
    }

    /** Adds {@code length} bytes of {@code bytes}, starting at {@code offset}, to every digest. */
    public void update(byte[] bytes, int offset, int length) {
        for (Hasher hasher : hashers.values()) {
            hasher.update(bytes, offset, length);
        }
    }

    /** Returns the digests; may be called once. */
    public Map<DigestAlgorithm, Digest> digests() {
        Map<DigestAlgorithm, Digest> digests = new EnumMap<>(DigestAlgorithm.class);
        hashers.forEach((algorithm, hasher) -> digests.put(algorithm, hasher.digest()));
        return digests;
    }
}
