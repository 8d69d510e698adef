package dev.sluice.artifact.digest;

/** Computes one digest over the bytes given to it, in order. Not thread-safe; for one digest only. */
public interface Hasher {

    /** Adds {@code length} bytes of {@code bytes} from {@code offset} on. */
    void update(byte[] bytes, int offset, int length);

    /** Ends the computation; the hasher must not be used after that. */
    Digest digest();
}
