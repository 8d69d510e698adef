package dev.sluice.artifact.tree;

import java.io.IOException;
import java.io.InputStream;

/** Where operations that make content put it. Implementations are thread-safe. */
public interface BlobStore {

    /**
     * Reads {@code content} to its end, without closing it, and keeps it. If reading fails, nothing is kept.
     *
     * @throws IOException if reading or keeping fails
     */
    Blob store(InputStream content) throws IOException;

    /**
     * Keeps a copy of {@code content}.
     *
     * @throws IOException if keeping fails
     */
    Blob store(byte[] content) throws IOException;
}
