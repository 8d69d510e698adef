package dev.sluice.artifact.digest;

import java.security.MessageDigest;

/** Hasher based on the runtime's message digests, which use processor instructions where available. */
record MessageDigestHasher(DigestAlgorithm algorithm, MessageDigest messageDigest) implements Hasher {

    @Override
    public void update(byte[] bytes, int offset, int length) {
        messageDigest.update(bytes, offset, length);
    }

    @Override
    public Digest digest() {
        return Digest.ofRaw(algorithm, messageDigest.digest());
    }
}
