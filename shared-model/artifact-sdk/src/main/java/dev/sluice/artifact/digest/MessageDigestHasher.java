package dev.sluice.artifact.digest;

import java.security.MessageDigest;

/** A hasher over the runtime's own message digests, which use the processor's instructions where it has them. */
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
