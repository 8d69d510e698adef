package dev.sluice.artifact.tree;

import java.io.IOException;
import java.io.InputStream;

/** Content of a fixed size that can be read any number of times, by several threads at once. */
public interface Blob {

    /** Size in bytes. */
    long size();

    /**
     * Opens the content from its start; the caller closes the stream.
     *
     * @throws IOException if what holds the content is gone, for example a closed spool file
     */
    InputStream openStream() throws IOException;

    /**
     * The whole content, for what is small.
     *
     * @throws IOException if the content is larger than {@code maxBytes}, cannot be read, or has not the size it claims
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

    /** A blob with a copy of {@code content}, kept in memory. */
    static Blob of(byte[] content) {
        return new BytesBlob(content.clone());
    }
}
