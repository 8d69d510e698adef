package dev.sluice.artifact.tree;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A blob in memory. */
final class BytesBlob implements Blob {

    private final byte[] content;

    BytesBlob(byte[] content) {
        this.content = content;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public InputStream openStream() {
        return new ByteArrayInputStream(content);
    }
}
