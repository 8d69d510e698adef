package dev.sluice.artifact.digest;

/** Computes one digest incrementally. Not thread-safe; not reusable. */
public interface Hasher {

    /** Adds {@code length} bytes of {@code bytes}, starting at {@code offset}. */
    void update(byte[] bytes, int offset, int length);

    /** Returns the digest; the hasher must not be used afterwards. */
    Digest digest();
}
