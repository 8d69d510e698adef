package dev.sluice.artifact.tree;

import java.io.IOException;
import java.io.InputStream;

/** Storage for content that is produced by an operation. Implementations are thread-safe. */
public interface BlobStore {

    /**
     * Stores {@code content}; reads it to its end without closing it. On failure, stores nothing.
     *
     * @throws IOException if reading or storing fails
     */
    Blob store(InputStream content) throws IOException;

    /**
     * Stores a copy of {@code content}.
     *
     * @throws IOException if storing fails
     */
    Blob store(byte[] content) throws IOException;
}
