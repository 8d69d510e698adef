package dev.sluice.artifact.tree;

import java.io.IOException;
import java.io.InputStream;

/** Content of a fixed size that can be read repeatedly and concurrently. */
public interface Blob {

    /** Returns the size in bytes. */
    long size();

    /**
     * Opens the content from its start; the caller must close the stream.
     *
     * @throws IOException if the content is no longer available, for example because its spool file is closed
     */
    InputStream openStream() throws IOException;

    /**
     * Reads the whole content into memory.
     *
     * @throws IOException if the content is larger than {@code maxBytes}, cannot be read, or has another size than
     *     declared
     */
    default byte[] readAll(int maxBytes) throws IOException {
        if (size() > maxBytes) {
            throw new IOException("content of " + size() + " bytes is larger than the limit of " + maxBytes + " bytes");
        }
        try (InputStream in = openStream()) {
            byte[] content = in.readNBytes(maxBytes);
            if (content.length != size()) {
                throw new IOException("content has " + content.length + " bytes, but " + size() + " were expected");
            }
            return content;
        }
    }

    /** Creates a blob in memory with a copy of {@code content}. */
    static Blob of(byte[] content) {
        return new BytesBlob(content.clone());
    }
}
