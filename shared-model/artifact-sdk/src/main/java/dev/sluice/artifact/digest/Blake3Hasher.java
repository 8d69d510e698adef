package dev.sluice.artifact.digest;

import org.apache.commons.codec.digest.Blake3;

/** BLAKE3 in plain hash mode, which the Java runtime does not provide. */
final class Blake3Hasher implements Hasher {

    private final Blake3 blake3 = Blake3.initHash();

    @Override
    public void update(byte[] bytes, int offset, int length) {
        blake3.update(bytes, offset, length);
    }

    @Override
    public Digest digest() {
        return Digest.ofRaw(DigestAlgorithm.BLAKE3, blake3.doFinalize(DigestAlgorithm.BLAKE3.length()));
    }
}
